using System.Security.Cryptography;
using MlatExchange.Cli;

namespace MlatExchange.Specs.Cli;

/// <summary>An official's machine in a temporary folder, on which the tool runs inside this process.</summary>
public sealed class Desk : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("mlat-desk-").FullName;

    public Func<HttpClient> Http { get; set; } = () => throw new InvalidOperationException("this command was not given a node");

    public string Output { get; private set; } = "";

    public string Errors { get; private set; } = "";

    public string At(params string[] path) => Path.Combine([Folder, .. path]);

    public string[] Files(string folder = "") =>
        [.. Directory.EnumerateFiles(At(folder), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(At(folder), file)).Order(StringComparer.Ordinal)];

    public async Task<int> Run(params string[] args)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var code = await Mlat.Run(args, new Workplace(output, errors, TimeProvider.System, RandomNumberGenerator.Fill, Http));
        (Output, Errors) = (output.ToString(), errors.ToString());
        return code;
    }

    public async Task Keys() => Assert.Equal(ExitCode.Valid, await Run("keys", "new", At("keys")));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
