using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Transparency;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Protocol.Verification;

/// <summary>
/// Step 17: the message is in its sender's log, shown by bytes that came with it and need nothing else. The leaf opens to this thread and digest,
/// repeats the record, and is included in a checkpoint that the sender's log key signed.
/// </summary>
internal static class LogProof
{
    public static StepFailure? Check(OpenedMessage opened, Message message, JudgingFacts facts, out IReadOnlyList<LogFinding> log, out TrustedKey? key)
    {
        var run = new Run(opened, facts, facts.Trust.Node(message.Core.Iss)!);
        log = run.Findings;
        var failure = run.Proof(opened.Envelope.Logged, LoggedProof.SignedKind, message.Digest, message.Core.Thread, message.Record, "/logged");
        failure ??= message.Body switch
        {
            MessageBody.ReceiptOf { Logged: { } delivered } receipt => run.Proof(delivered, LoggedProof.AcceptedKind, receipt.Of.Digest, message.Core.Thread, null, "/message/logged"),
            MessageBody.Checkpoint shown => run.Note(shown.Note, shown.Consistency, null, "/message"),
            _ => null,
        };
        key = run.Key;
        return failure;
    }

    private static readonly ConditionalWeakTable<TrustedKey, LogKey> LogKeys = [];

    private sealed class Run(OpenedMessage opened, JudgingFacts facts, TrustedNode sender)
    {
        public List<LogFinding> Findings { get; } = [];

        public TrustedKey? Key { get; private set; }

        public StepFailure? Proof(LoggedProof proof, string kind, Digest digest, string thread, string? record, string at)
        {
            var bytes = Encoding.UTF8.GetBytes(proof.Leaf);
            if (!StrictJson.TryParse(bytes, out var document, out _))
                return Fail("leaf-json", at + "/leaf");
            using (document)
            {
                if (LeafFault(document.RootElement, proof.Openings, kind, digest, thread, record, at) is { } fault)
                    return fault;
            }

            if (Note(proof.Checkpoint, proof.Consistency, proof.Index, at) is { } unsigned)
                return unsigned;
            var checkpoint = Findings[^1].Checkpoint;
            return InclusionProof.Verify(proof.Index, checkpoint.Size, Rfc6962.Leaf(bytes), Hashes(proof.Proof), checkpoint.Root)
                ? null
                : Fail("not-included", at + "/proof");
        }

        public StepFailure? Note(string note, LoggedConsistency? consistency, long? index, string at)
        {
            var parsed = SignedNote.Parse(note);
            foreach (var candidate in sender.Keys.Where(candidate => candidate.Use == KeyUse.Log))
            {
                if (candidate.StandingAt(opened.SignedAt ?? facts.ReceivedAt, facts.ReceivedAt) != KeyStanding.Valid
                    || Checkpoint.Verify(parsed, LogKeys.GetValue(candidate, key => new(sender.LogOrigin, key.Key))) is not { } checkpoint)
                    continue;
                Key = candidate;
                Findings.Add(new LogFinding(checkpoint, index, Compare(checkpoint, consistency)));
                return null;
            }

            return Fail("checkpoint-signature", at + "/checkpoint");
        }

        private StepFailure? LeafFault(JsonElement leaf, LoggedOpenings openings, string kind, Digest digest, string thread, string? record, string at)
        {
            if (leaf.ValueKind != JsonValueKind.Object || Text(leaf, "kind") != kind || Text(leaf, "jurisdiction") != sender.Jurisdiction)
                return Fail("leaf-kind", at + "/leaf");
            if (record is null ? kind == LoggedProof.SignedKind && leaf.TryGetProperty("record", out _) : Text(leaf, "record") != record)
                return Fail("leaf-record", at + "/leaf");
            if (!leaf.TryGetProperty("commit", out var commit) || commit.ValueKind != JsonValueKind.Object)
                return Fail("leaf-commitment", at + "/leaf");
            if (openings.MessageDigest.Value != digest.ToString() || !Opens(commit, LoggedProof.DigestMember, openings.MessageDigest))
                return Fail("opening", at + "/openings/messageDigest");
            if (openings.Thread.Value != thread || !Opens(commit, LoggedProof.ThreadMember, openings.Thread))
                return Fail("opening", at + "/openings/thread");
            return null;
        }

        private LogConsistency Compare(Checkpoint shown, LoggedConsistency? consistency)
        {
            if (facts.LastCheckpoint is not { } last || last.Origin != shown.Origin)
                return LogConsistency.Same;
            if (last.Size == shown.Size)
                return last.Root == shown.Root ? LogConsistency.Same : LogConsistency.Fork;
            if (consistency is null || consistency.Size != last.Size || shown.Size < last.Size)
                return LogConsistency.Pending;
            return ConsistencyProof.Verify(last.Size, shown.Size, last.Root, Hashes(consistency.Proof), shown.Root) ? LogConsistency.Proven : LogConsistency.Fork;
        }

        private static TreeHash[] Hashes(IReadOnlyList<string> proof)
        {
            var hashes = new TreeHash[proof.Count];
            for (var i = 0; i < hashes.Length; i++)
                Base64Url.TryDecode(proof[i], hashes[i]);
            return hashes;
        }

        private static bool Opens(JsonElement commit, string member, LoggedOpening opening)
        {
            Span<byte> expected = stackalloc byte[32];
            Span<byte> salt = stackalloc byte[Commitment.SaltLength];
            return Text(commit, member) is { } committed
                && Base64Url.TryDecode(committed, expected)
                && Base64Url.TryDecode(opening.Salt, salt)
                && Commitment.Opens(expected, salt, member, opening.Value);
        }

        private static string? Text(JsonElement value, string member)
            => value.TryGetProperty(member, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;
    }

    private static StepFailure Fail(string rule, string jsonPointer) => new(Step.LogProof, rule, jsonPointer);
}
