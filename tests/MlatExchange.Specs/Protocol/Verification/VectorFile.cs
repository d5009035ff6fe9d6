using System.Text.Encodings.Web;
using System.Text.Json;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Transparency;
using MlatExchange.Protocol.Trust;
using MlatExchange.Protocol.Verification;
using MlatExchange.Specs.Protocol.Messages;

namespace MlatExchange.Specs.Protocol.Verification;

/// <summary>Trust and recipient keys that vectors share.</summary>
internal sealed record TrustFile(TrustAnchors Anchors, IReadOnlyList<string> Lists, IReadOnlyDictionary<string, JsonElement> RecipientKeys);

/// <summary>What is known of a message's thread, acts and sender's log.</summary>
internal sealed record KnownFile(Digest? SameId, Link? Other, Digest? OwnAtSeen, Digest? OtherAtSeq, IReadOnlyList<string> Acts, string? LastCheckpoint);

/// <summary>A vector as it is published: anyone can run it without this code.</summary>
internal sealed record VectorFile(
    string Name, string About, string Trust, string OwnNode, string? Counterpart, DateTimeOffset ReceivedAt, KnownFile Known, string Jwe, Expected Expect)
{
    private const string Folder = "vectors/verification";

    private static readonly JsonSerializerOptions Json =
        new(StrictJson.Options) { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string PathOf(string file) => Approved.PathOf($"{Folder}/{file}");

    public static IEnumerable<string> Names => Directory.GetFiles(PathOf(""), "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => char.IsAsciiDigit(name[0])).Order(StringComparer.Ordinal);

    public static VectorFile Load(string name) => JsonSerializer.Deserialize<VectorFile>(File.ReadAllBytes(PathOf(name + ".json")), Json)!;

    /// <summary>Writes a case and the trust it stands on. Signatures are random, so files are written once and kept.</summary>
    public static void Write(Case given)
    {
        Directory.CreateDirectory(PathOf(""));
        if (!File.Exists(PathOf(given.TrustFile)))
        {
            var keys = new[] { "xa", "xb" }.ToDictionary(code => $"https://node.{code}.example", code => Acts.Json(World.Key(code + "/encryption").ExportPrivateJwk()));
            File.WriteAllText(PathOf(given.TrustFile), JsonSerializer.Serialize(new TrustFile(given.World.Anchors, given.World.Lists, keys), Json) + "\n");
        }

        var (own, counterpart) = given.Draft.Sender == "xa" ? (World.XbNode, "XA") : (World.XaNode, "XB");
        var known = new KnownFile(
            given.SameId, given.Thread.Other, given.Thread.OwnAtSeen, given.Thread.OtherAtSeq, [.. given.Acts.Select(act => act.Jws)], given.Last?.ToString());
        var file = new VectorFile(given.Name, given.About, given.TrustFile, own, given.Counterpart ?? counterpart, World.Now, known, given.Draft.Seal(), given.Expect);
        File.WriteAllText(PathOf(given.Name + ".json"), JsonSerializer.Serialize(file, Json) + "\n");
    }

    /// <summary>Runs both phases on what the file says and nothing else.</summary>
    public Expected Run()
    {
        var shared = JsonSerializer.Deserialize<TrustFile>(File.ReadAllBytes(PathOf(Trust)), Json)!;
        var trust = TrustSnapshot.Build(shared.Anchors, shared.Lists, ReceivedAt);
        Assert.Empty(trust.Faults);
        Assert.True(EcKey.TryImport(shared.RecipientKeys[OwnNode].GetRawText(), out var key));
        var opening = OpenMessage.Run(Jwe, new OpeningFacts(trust, OwnNode, new Dictionary<string, EcKey> { [key.Thumbprint] = key }, Counterpart, ReceivedAt));
        if (opening is not Opening.Opened { Message: var message })
        {
            var failure = ((Opening.Refused)opening).Failure;
            return Expected.Quarantined((int)failure.Step, failure.Rule, failure.JsonPointer);
        }

        var last = Known.LastCheckpoint is { } note ? Checkpoint.Read(SignedNote.Parse(note)!.Text) : null;
        var verdict = JudgeMessage.Run(message, new JudgingFacts(
            trust, ReceivedAt, Known.SameId, new ThreadFacts(Known.Other, Known.OwnAtSeen, Known.OtherAtSeq),
            Known.Acts.Select(Act.FromStored).ToDictionary(act => act.Digest), last, _ => []));
        var record = verdict.ToRecord();
        return new Expected(
            record.Verdict, record.Step, record.StepName, record.Rule, record.JsonPointer, record.TakesPlace,
            verdict.Answer is { } answer ? JsonNamingPolicy.KebabCaseLower.ConvertName(answer.ToString()) : null);
    }
}
