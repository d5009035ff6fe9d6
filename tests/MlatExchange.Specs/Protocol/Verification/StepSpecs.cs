using System.Globalization;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Transparency;
using MlatExchange.Protocol.Trust;
using MlatExchange.Protocol.Verification;
using MlatExchange.Specs.Protocol.Messages;
using MlatExchange.Specs.Protocol.Transparency;

namespace MlatExchange.Specs.Protocol.Verification;

public class StepSpecs
{
    private static readonly Draft Notice = new(new MessageBody.IncidentNotice("loss"));

    [Fact]
    public void The_steps_and_their_order_are_approved() => Approved.Holds(
        "envelope/verification-steps.txt",
        string.Concat(Steps.All.Select(step => string.Create(CultureInfo.InvariantCulture, $"{(int)step.Step} {step.Name} ({step.Source})\n"))));

    [Fact]
    public void The_first_step_that_fails_is_the_one_named()
    {
        // Stale, an unknown member, a wrong place and no valid log proof: each undone in turn, the next is named.
        var draft = Notice with
        {
            IssuedAt = World.Now.AddDays(-8), Heads = new ThreadHeads(new Link(1, Acts.DigestOf("first")), null), Payload = p => p["x"] = 1, Logged = l => l with { Index = 2 },
        };
        JudgingFacts With(JudgingFacts facts) => facts with { Thread = new ThreadFacts(new Link(1, Acts.DigestOf("not the first")), null, null) };
        Assert.Equal(Step.Clock, Run.On(draft.Seal(), With).FailedAt!.Step);
        draft = draft with { IssuedAt = World.Now };
        Assert.Equal(Step.Content, Run.On(draft.Seal(), With).FailedAt!.Step);
        draft = draft with { Payload = null };
        Assert.Equal(Step.Dialogue, Run.On(draft.Seal(), With).FailedAt!.Step);
        draft = draft with { Heads = ThreadHeads.Empty };
        Assert.Equal(Step.LogProof, Run.On(draft.Seal()).FailedAt!.Step);
    }

    [Fact]
    public void A_held_message_comes_to_the_same_end_once_the_gap_is_closed()
    {
        var first = new Link(1, Acts.DigestOf("first"));
        var jwe = (Notice with { Heads = new ThreadHeads(first, null), IssuedAt = World.Now.AddDays(-8) }).Seal();
        var held = Assert.IsType<Verdict.Held>(Run.On(jwe));
        Assert.Equal((1, 1, false, null), (held.From, held.To, held.TakesPlace, held.Answer));
        var judged = Assert.IsType<Verdict.Rejected>(JudgeMessage.Run(held.Opened, World.Judging(World.Usual.Trust(), new ThreadFacts(first, null, null))));
        Assert.True(judged.IsStale);
        Assert.True(judged.TakesPlace);
    }

    [Fact]
    public void What_the_rules_refuse_in_an_act_is_refused_here()
    {
        var act = World.SignAct("xa/prosecutor", Acts.Request().Body);
        var jwe = new Draft(new MessageBody.Carrier(MessageKind.Request)) { Act = act }.Seal();
        var failure = Run.On(jwe, facts => facts with { Check = _ => [new Fault("/request/purpose", "unknown-code", "a purpose")] }).FailedAt;
        Assert.Equal(new StepFailure(Step.Content, "unknown-code", "/acts/0/request/purpose"), failure);
    }

    [Fact]
    public void An_expired_list_states_nothing_any_more()
    {
        var trust = World.Usual.Trust();
        var refused = Assert.IsType<Opening.Refused>(OpenMessage.Run(Notice.Seal(), World.Opening(trust, receivedAt: World.Now.AddDays(6))));
        Assert.Equal(new StepFailure(Step.Key, "trust-list-expired"), refused.Failure);
    }

    [Fact]
    public void A_fork_of_the_senders_log_is_noted_and_does_not_refuse_the_message()
    {
        Assert.Equal(LogConsistency.Same, Consistency(null));
        Assert.Equal(LogConsistency.Fork, Consistency(new Checkpoint(World.LogOrigin("xa"), 6, default)));
        Assert.Equal(LogConsistency.Pending, Consistency(new Checkpoint(World.LogOrigin("xa"), 4, default)));
        Assert.Equal(LogConsistency.Pending, Consistency(new Checkpoint(World.LogOrigin("xa"), 9, default)));
    }

    [Fact]
    public void A_consistency_proof_from_the_checkpoint_seen_last_is_checked()
    {
        var draft = Notice;
        var honest = draft.Pack().Logged;
        var leaves = ReferenceTree.Leaves(6);
        leaves[3] = Jose.Keys.Utf8(honest.Leaf);
        var proof = new LoggedConsistency(5, [.. ReferenceTree.Proof(5, leaves).Select(hash => Base64Url.Encode(hash))]);
        var jwe = (draft with { Logged = l => l with { Consistency = proof } }).Seal();
        var last = new Checkpoint(World.LogOrigin("xa"), 5, TreeHash.From(ReferenceTree.Mth(leaves.AsSpan(0, 5))));
        Assert.Equal(LogConsistency.Proven, Finding(Run.On(jwe, facts => facts with { LastCheckpoint = last })));
        Assert.Equal(LogConsistency.Fork, Finding(Run.On(jwe, facts => facts with { LastCheckpoint = last with { Root = default } })));
    }

    [Fact]
    public void A_verdict_stays_and_lists_keys_that_turn_out_to_have_been_in_other_hands()
    {
        var accepted = Run.On(Notice.Seal());
        var (signedAt, kid) = (accepted.Opened.SignedAt!.Value, World.Key("xa/message").Thumbprint);
        Assert.Empty(accepted.Trust.DoubtfulUnder(World.Usual.Trust(), signedAt));
        var since = World.Usual with { Revoked = [new(kid, World.Now.AddHours(1), signedAt.AddHours(-1))] };
        Assert.Equal([KeyUse.Message], accepted.Trust.DoubtfulUnder(since.Trust(), signedAt).Select(key => key.Use));
        var later = World.Usual with { Revoked = [new(kid, World.Now.AddHours(1), signedAt.AddMinutes(1))] };
        Assert.Empty(accepted.Trust.DoubtfulUnder(later.Trust(), signedAt));
    }

    [Fact]
    public void Receipts_checkpoints_and_pings_are_never_answered()
    {
        Assert.Equal([MessageKind.Receipt, MessageKind.Checkpoint, MessageKind.Ping], MessageKind.All.Where(kind => !kind.IsReceipted));
        Assert.Null(Run.On((Draft.Ping with { Payload = p => p["x"] = 1 }).Seal()).Answer);
    }

    private static LogConsistency Consistency(Checkpoint? last) => Finding(Run.On(Notice.Seal(), facts => facts with { LastCheckpoint = last }));

    private static LogConsistency Finding(Verdict verdict) => Assert.IsType<Verdict.Accepted>(verdict).Log.Single().Consistency;
}
