# SPDX-License-Identifier: GPL-2.0-or-later
#
# Homebrew on macOS, from a checkout:
#
#   git archive --prefix=skypefed-0.1.0/ -o skypefed-0.1.0.tar.gz HEAD
#   brew tap-new --no-git skypefed/local
#   cp cmake/packaging/skypefed.rb "$(brew --repository skypefed/local)/Formula/"
#   HOMEBREW_SKYPEFED_ARCHIVE=$PWD/skypefed-0.1.0.tar.gz brew install skypefed/local/skypefed
#
# Homebrew takes formulas from a tap only, and hands on no variable of another name.
# Not tried yet on such a system.
class Skypefed < Formula
  desc "Wireshark plugin for the SIP signaling of Lync, Skype for Business and Teams"
  homepage "https://example.com/skypefed"
  url "file://#{ENV.fetch("HOMEBREW_SKYPEFED_ARCHIVE", "/skypefed-0.1.0.tar.gz")}"
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
    # Homebrew does not write into the folder of another formula: skypefed-link is how Wireshark finds the plugin.
    system "cmake", "-S", ".", "-B", "build", "-G", "Ninja", "-DBUILD_TESTING=OFF", *std_cmake_args
    system "cmake", "--build", "build"
    bin.install "build/plugin/log/skypefed-log"
    (lib/"skypefed").install Dir["build/run/*"]
    (pkgshare/"profile").install Dir["plugin/profile/*"]
    (libexec/"skypefed-link").write <<~SH
      #!/bin/sh
      # Links the plugin into your own folders of Wireshark, and copies the profile; "remove" undoes it.
      set -eu
      link() {
        if [ "$action" != remove ]; then
          mkdir -p "$2"
          ln -sf "$1" "$2/"
        elif [ -L "$2/${1##*/}" ]; then
          rm "$2/${1##*/}"
        fi
      }
      action=${1:-link}
      for file in #{opt_lib}/skypefed/*/*/*.so; do
        kind=$(basename "$(dirname "$file")")
        # In the folders of a user, macOS has X-Y.
        version=$(basename "$(dirname "$(dirname "$file")")" | tr . -)
        link "$file" "$HOME/.local/lib/wireshark/plugins/$version/$kind"
      done
      link #{opt_bin}/skypefed-log "$HOME/.local/lib/wireshark/extcap"
      profile=${XDG_CONFIG_HOME:-$HOME/.config}/wireshark/profiles/SkypeFed
      for file in #{opt_pkgshare}/profile/*; do
        own=$profile/${file##*/}
        if [ "$action" != remove ]; then
          mkdir -p "$profile"
          [ -e "$own" ] || cp "$file" "$own"
        elif cmp -s "$file" "$own"; then
          # One that Wireshark has changed is yours.
          rm "$own"
        fi
      done
      [ "$action" != remove ] || rmdir "$profile" 2>/dev/null || true
    SH
    chmod 0755, libexec/"skypefed-link"
  end

  def caveats
    <<~TEXT
      To have Wireshark load the plugin, list logs as a capture source, and offer the
      profile, link them into your own folders, again after an upgrade of Wireshark:
        #{opt_libexec}/skypefed-link
      Before you uninstall, remove the links:
        #{opt_libexec}/skypefed-link remove
    TEXT
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/skypefed-log --version")
  end
end
