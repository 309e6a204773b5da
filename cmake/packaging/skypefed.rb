# SPDX-License-Identifier: GPL-2.0-or-later
#
# Homebrew on macOS, from a checkout:
#
#   git archive --prefix=skypefed-0.1.0/ -o skypefed-0.1.0.tar.gz HEAD
#   SKYPEFED_ARCHIVE=$PWD/skypefed-0.1.0.tar.gz brew install --build-from-source ./cmake/packaging/skypefed.rb
#
# Not tried yet on such a system.
class Skypefed < Formula
  desc "Wireshark plugin for the SIP signaling of Lync, Skype for Business and Teams"
  homepage "https://example.com/skypefed"
  url "file://#{ENV.fetch("SKYPEFED_ARCHIVE", "#{Dir.pwd}/skypefed-0.1.0.tar.gz")}"
  version "0.1.0"
  license "GPL-2.0-or-later"

  depends_on "cmake" => :build
  depends_on "ninja" => :build
  depends_on "pkgconf" => :build
  depends_on "glib"
  depends_on "libarchive"
  depends_on "libgcrypt"
  depends_on "wireshark"

  uses_from_macos "zlib"

  def install
    # Homebrew does not write into the folder of another formula; caveats says how Wireshark finds the plugin.
    system "cmake", "-S", ".", "-B", "build", "-G", "Ninja", "-DBUILD_TESTING=OFF", *std_cmake_args
    system "cmake", "--build", "build"
    bin.install "build/plugin/log/skypefed-log"
    (lib/"skypefed").install Dir["build/run/*"]
  end

  def caveats
    <<~TEXT
      To have Wireshark load the plugin, link it into your own folder of plugins,
      where X-Y is the version of Wireshark, for example 4-6:
        mkdir -p ~/.local/lib/wireshark/plugins/X-Y/epan
        ln -sf #{opt_lib}/skypefed/X.Y/epan/skypefed.so ~/.local/lib/wireshark/plugins/X-Y/epan/
      and to have it read logs as a capture source:
        mkdir -p ~/.local/lib/wireshark/extcap
        ln -sf #{opt_bin}/skypefed-log ~/.local/lib/wireshark/extcap/
    TEXT
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/skypefed-log --version")
  end
end
