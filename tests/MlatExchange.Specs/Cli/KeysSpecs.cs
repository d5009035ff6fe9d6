using MlatExchange.Cli;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Specs.Cli;

public sealed class KeysSpecs : IDisposable
{
    private readonly Desk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task A_new_set_of_keys_is_accepted_by_the_readers_of_trust()
    {
        Assert.Equal(ExitCode.Valid, await desk.Run("keys", "new", desk.At("keys"), "--jurisdiction", "XA=http://127.0.0.1:6001", "--jurisdiction", "XB=http://127.0.0.1:6002"));
        Assert.True(TrustAnchors.TryRead(await File.ReadAllBytesAsync(desk.At("keys", "trust", "anchors.json")), out var anchors, out _));
        var lists = Directory.GetFiles(desk.At("keys", "trust"), "*.jwt").Select(File.ReadAllText);
        var trust = TrustSnapshot.Build(anchors, lists, DateTimeOffset.UtcNow);
        Assert.Empty(trust.Faults);
        Assert.True(trust.Demo);
        Assert.Equal(["XA", "XB"], trust.Jurisdictions.Order());
        Assert.Equal("http://127.0.0.1:6001", trust.NodeOf("XA")!.BaseUrl);
        Assert.Equal($"node.xa.example/log/{DateTimeOffset.UtcNow.Year}", trust.NodeOf("XA")!.LogOrigin);
        Assert.Equal(["xa-prosecutor", "xa-judge", "xa-police"], trust.Authorities("XA").Select(a => a.Code));
        Assert.True(trust.Authority("XB", "xb-judge")!.Has("may-validate"));
        Assert.Equal("xb-oversight", Assert.Single(trust.OversightOf("XB")).Code);
    }

    [Fact]
    public async Task Only_keys_asked_for_service_are_not_marked_as_demo_keys()
    {
        Assert.Equal(ExitCode.Valid, await desk.Run("keys", "new", desk.At("keys"), "--for-service"));
        Assert.True(TrustAnchors.TryRead(await File.ReadAllBytesAsync(desk.At("keys", "trust", "anchors.json")), out var anchors, out _));
        var trust = TrustSnapshot.Build(anchors, Directory.GetFiles(desk.At("keys", "trust"), "*.jwt").Select(File.ReadAllText), DateTimeOffset.UtcNow);
        Assert.Empty(trust.Faults);
        Assert.False(trust.Demo);
    }

    [Fact]
    public async Task Private_halves_lie_where_the_node_may_read_them_or_where_it_may_not()
    {
        await desk.Keys();
        Assert.Equal(
            ["acts/xa-judge.jwk", "acts/xa-police.jwk", "acts/xa-prosecutor.jwk", "encryption.jwk", "log.jwk", "message.jwk", "token.jwk"], desk.Files("keys/xa/node"));
        Assert.Equal(["anchor.jwk", "evidence/xa-judge.jwk", "evidence/xa-police.jwk", "evidence/xa-prosecutor.jwk"], desk.Files("keys/xa/offline"));
        Assert.Equal(["anchors.json", "xa.jwt", "xb.jwt", "xc.jwt"], desk.Files("keys/trust"));
        var keys = Directory.GetFiles(desk.At("keys"), "*.jwk", SearchOption.AllDirectories);
        var thumbprints = keys.Select(file => EcKey.TryImport(File.ReadAllText(file), out var key) ? key.Thumbprint : file).ToHashSet();
        Assert.Equal(keys.Length, thumbprints.Count);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in keys)
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public async Task Nothing_is_overwritten_and_nothing_half_made_stays()
    {
        await desk.Keys();
        var before = await File.ReadAllTextAsync(desk.At("keys", "trust", "xa.jwt"));
        Assert.Equal(ExitCode.Unavailable, await desk.Run("keys", "new", desk.At("keys")));
        Assert.Equal(before, await File.ReadAllTextAsync(desk.At("keys", "trust", "xa.jwt")));

        await File.WriteAllTextAsync(desk.At("table.json"), """{"XA":{"authorities":[{"code":"xa-judge","kind":"No Code","trustMarks":[]}],"oversight":[]}}""");
        var faulty = new[] { "--jurisdiction", "XA=http://127.0.0.1:6001", "--authorities", desk.At("table.json") };
        Assert.NotEqual(ExitCode.Valid, await desk.Run(["keys", "new", desk.At("other"), .. faulty]));
        Assert.Equal(["keys", "table.json"], Directory.EnumerateFileSystemEntries(desk.Folder).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("XD=http://127.0.0.1:6001")]
    [InlineData("XA=ftp://127.0.0.1")]
    [InlineData("XA")]
    public async Task A_jurisdiction_that_is_not_known_or_not_of_the_form_is_refused(string jurisdiction)
    {
        Assert.Equal(ExitCode.Usage, await desk.Run("keys", "new", desk.At("keys"), "--jurisdiction", jurisdiction));
        Assert.NotEmpty(desk.Errors);
        Assert.Empty(desk.Files());
    }

    [Fact]
    public async Task A_table_of_authorities_takes_the_place_of_the_built_in_one()
    {
        await File.WriteAllTextAsync(
            desk.At("table.json"), """{"XD":{"authorities":[{"code":"xd-court","kind":"public-prosecutor","trustMarks":["may-issue:content"]}],"oversight":["xd-watch"]}}""");
        Assert.Equal(
            ExitCode.Valid, await desk.Run("keys", "new", desk.At("keys"), "--jurisdiction", "XD=https://xd.example", "--authorities", desk.At("table.json")));
        Assert.Contains("xd/node/acts/xd-court.jwk", desk.Files("keys"));
    }

    [Fact]
    public async Task A_transfer_key_is_written_once_and_its_public_half_printed()
    {
        Assert.Equal(ExitCode.Valid, await desk.Run("keys", "transfer", desk.At("t.jwk")));
        Assert.True(EcPublicKey.TryImport(desk.Output.Trim(), out var shown));
        Assert.True(EcKey.TryImport(await File.ReadAllTextAsync(desk.At("t.jwk")), out var kept));
        Assert.Equal(kept.Public, shown);
        Assert.DoesNotContain("\"d\"", desk.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Unavailable, await desk.Run("keys", "transfer", desk.At("t.jwk")));
    }

    [Fact]
    public async Task A_wrong_command_line_says_so_by_its_code()
    {
        Assert.Equal(ExitCode.Usage, await desk.Run("keys", "old"));
        Assert.Equal(ExitCode.Usage, await desk.Run());
        Assert.Equal(ExitCode.Valid, await desk.Run("--help"));
        Assert.Contains("Exit codes", desk.Output, StringComparison.Ordinal);
    }
}
