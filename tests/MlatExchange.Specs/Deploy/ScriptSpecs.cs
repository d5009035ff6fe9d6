using System.Diagnostics;
using System.Runtime.Versioning;

namespace MlatExchange.Specs.Deploy;

[SupportedOSPlatform("linux")]
public sealed class ScriptSpecs
{
    public static TheoryData<string> Scripts() =>
        new(Directory.EnumerateFiles(Tree.Path("deploy"), "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".sh", StringComparison.Ordinal) || File.ReadLines(file).FirstOrDefault()?.StartsWith("#!", StringComparison.Ordinal) == true)
            .Select(file => Path.GetRelativePath(Tree.Root, file))
            .Order());

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Every_script_is_one_that_bash_can_read(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-n", Tree.Path(script)]) { RedirectStandardError = true })!;
        var complaint = bash.StandardError.ReadToEnd();
        bash.WaitForExit();

        Assert.Equal("", complaint);
        Assert.Equal(0, bash.ExitCode);
    }

    [Theory]
    [InlineData("deploy/test")]
    [InlineData("deploy/demo")]
    [InlineData(".ci/run")]
    public void What_a_newcomer_calls_is_executable(string script) =>
        Assert.True(File.GetUnixFileMode(Tree.Path(script)).HasFlag(UnixFileMode.UserExecute), $"{script} is not executable");
}
