# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs a Homebrew formula without Homebrew: what a formula says about itself is kept, its
# programs are recorded instead of run, and its files go where Homebrew would put them.
#
#   ruby -w formula.rb FORMULA PREFIX
#
# In a folder that has the source and what the programs would have built. Then runs the
# formula's own test. Prints JSON: what it depends on, the programs, the caveats.

require "fileutils"
require "json"
require "pathname"

# What Homebrew adds to paths.
module FormulaPath
  def install(*files)
    mkpath
    files.flatten.each { |file| FileUtils.cp_r(file, self) }
  end

  def write(text)
    dirname.mkpath
    File.write(to_s, text)
  end
end
Pathname.prepend(FormulaPath)

# The words of a formula that this project's has.
class Formula
  include FileUtils

  FACTS = { "depends_on" => [], "programs" => [] }

  class << self
    attr_reader :test_block

    %w[desc homepage url license].each do |word|
      define_method(word) { |text| FACTS[word] = text }
    end

    def version(text = nil)
      text ? FACTS["version"] = text : FACTS["version"]
    end

    def depends_on(what)
      FACTS["depends_on"] << (what.is_a?(Hash) ? what.map { |name, kind| "#{name} (#{kind})" }.first : what)
    end

    def uses_from_macos(what)
      FACTS["uses_from_macos"] = what
    end

    def test(&block)
      @test_block = block
    end
  end

  attr_reader :prefix

  def initialize(prefix)
    @prefix = Pathname.new(prefix)
  end

  %w[bin lib libexec].each do |folder|
    define_method(folder) { prefix/folder }
    define_method("opt_#{folder}") { prefix/folder }
  end

  def pkgshare
    prefix/"share"/self.class.name.downcase
  end
  alias opt_pkgshare pkgshare

  def version
    FACTS["version"]
  end

  def std_cmake_args
    ["-DCMAKE_INSTALL_PREFIX=#{prefix}"]
  end

  def system(*words)
    FACTS["programs"] << words.map(&:to_s)
  end

  def shell_output(command)
    text = `#{command}`
    raise "#{command}: #{$?}" unless $?.success?

    text
  end

  def assert_match(pattern, text)
    raise "no #{pattern} in: #{text}" unless text.match?(Regexp.escape(pattern))
  end
end

path, prefix = ARGV
load path
formula = Object.const_get(File.basename(path, ".rb").capitalize).new(prefix)
formula.install
formula.instance_eval(&formula.class.test_block)
Formula::FACTS["caveats"] = formula.caveats
puts JSON.generate(Formula::FACTS)
