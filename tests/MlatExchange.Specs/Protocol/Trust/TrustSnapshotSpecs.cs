using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Specs.Protocol.Trust;

public sealed class TrustSnapshotSpecs
{
    private const string Node = "https://node.xa.example";
    private const string Prosecutor = "https://xa-prosecutor.xa.example";

    [Fact]
    public void A_key_is_found_by_issuer_thumbprint_and_use_and_by_nothing_less()
    {
        var trust = Lists.Snapshot(Lists.List("xa"), Lists.List("xb"));
        Assert.Empty(trust.Faults);
        var kid = Lists.Key("xa/message").Thumbprint;
        Assert.Equal(kid, trust.FindKey(Node, kid, KeyUse.Message)!.Key.Thumbprint);
        Assert.Null(trust.FindKey("https://node.xb.example", kid, KeyUse.Message));
        Assert.Null(trust.FindKey(Node, kid, KeyUse.Act));
        Assert.Null(trust.FindKey(Node, Lists.Key("xb/message").Thumbprint, KeyUse.Message));
        Assert.Null(trust.FindKey(Node, "../../x", KeyUse.Message));
    }

    [Fact]
    public void Competence_comes_with_the_key_of_the_act()
    {
        var key = Lists.Snapshot(Lists.List()).FindKey(Prosecutor, Lists.Key("xa/prosecutor").Thumbprint, KeyUse.Act)!;
        Assert.Equal(("public-prosecutor", Custody.Node, "XA"), (key.Authority!.Kind, key.Custody!.Value, key.Jurisdiction));
        Assert.True(key.Authority.Has("may-issue:content"));
        Assert.False(key.Authority.Has("may-validate"));
        Assert.Equal((1L, Lists.Key("xa/anchor").Thumbprint), (key.Chain.Seq, key.Chain.AnchorKeyId));
    }

    [Fact]
    public void Authorities_nodes_and_oversight_are_found_by_name()
    {
        var trust = Lists.Snapshot(Lists.List("xa"), Lists.List("xb"));
        Assert.Same(trust.Authority(Prosecutor), trust.Authority("XA", "xa-prosecutor"));
        Assert.Null(trust.Authority("XB", "xa-prosecutor"));
        Assert.Equal(Node, trust.NodeOf("XA")!.Entity);
        Assert.Same(trust.NodeOf("XA"), trust.Node(Node));
        Assert.Equal("xb-oversight", Assert.Single(trust.OversightOf("XB")).Code);
        Assert.Null(trust.NodeOf("XC"));
        Assert.Equal("xa-judge", trust.Authorities("XA").First(a => a.Has("may-validate")).Code);
    }

    [Fact]
    public void The_newest_encryption_key_counts_and_dies_after_thirty_days()
    {
        var node = Lists.Snapshot(Lists.List()).NodeOf("XA")!;
        string? At(double days) => node.NewestEncryptionKey(Lists.Start.AddDays(days))?.Key.Thumbprint;
        Assert.Null(At(-1));
        Assert.Equal(Lists.Key("xa/encryption").Thumbprint, At(1));
        Assert.Equal(Lists.Key("xa/encryption-2").Thumbprint, At(2));
        Assert.Equal(Lists.Key("xa/encryption").Thumbprint, At(21)); // the newer one ended on day 20
        Assert.Null(At(30));
    }

    [Fact]
    public void The_newest_evidence_key_is_the_one_that_began_last()
    {
        var authority = Lists.Snapshot(Lists.List()).Authority(Prosecutor)!;
        Assert.Equal(Lists.Key("xa/evidence-1").Thumbprint, authority.NewestEvidenceKey(Lists.Start.AddDays(1))!.Key.Thumbprint);
        Assert.Equal(Lists.Key("xa/evidence-2").Thumbprint, authority.NewestEvidenceKey(Lists.Start.AddDays(2))!.Key.Thumbprint);
    }

    [Fact]
    public void F1_a_revoked_key_counts_for_what_arrived_before_and_for_nothing_later_whatever_its_iat()
    {
        var kid = Lists.Key("xa/message").Thumbprint;
        var revokedAt = Lists.Start.AddDays(2);
        var key = Lists.Snapshot(Lists.List() with { Revoked = [new(kid, revokedAt, Lists.Start.AddDays(1))] }).FindKey(Node, kid, KeyUse.Message)!;
        Assert.Equal(KeyStanding.Valid, key.StandingAt(Lists.Start, revokedAt.AddMilliseconds(-1)));
        Assert.Equal(KeyStanding.Revoked, key.StandingAt(Lists.Start, revokedAt));
        Assert.False(key.IsDoubtful(Lists.Start.AddDays(1).AddMilliseconds(-1)));
        Assert.True(key.IsDoubtful(Lists.Start.AddDays(1)));
        Assert.Null(Lists.Snapshot(Lists.List() with { Revoked = [new(kid, revokedAt)] }).NodeOf("XA")!.NewestKey(KeyUse.Message, revokedAt));
    }

    [Fact]
    public void F2_a_key_that_merely_ended_counts_for_an_earlier_iat()
    {
        var key = Lists.Snapshot(Lists.List()).FindKey(Node, Lists.Key("xa/encryption-2").Thumbprint, KeyUse.Encryption)!;
        Assert.Equal(KeyStanding.NotYetValid, key.StandingAt(key.From.AddMilliseconds(-1), Lists.Now));
        Assert.Equal(KeyStanding.Valid, key.StandingAt(key.Until.AddMilliseconds(-1), key.Until.AddDays(5)));
        Assert.Equal(KeyStanding.Ended, key.StandingAt(key.Until, key.Until));
    }

    [Fact]
    public void F4_an_expired_list_is_still_read_and_says_so()
    {
        var trust = TrustSnapshot.Build(Lists.Anchors, [Lists.Signed(Lists.List())], Lists.Start.AddDays(8));
        Assert.NotNull(trust.NodeOf("XA"));
        Assert.False(trust.IsExpired("XA", Lists.Start.AddDays(7).AddSeconds(-1)));
        Assert.True(trust.IsExpired("XA", Lists.Start.AddDays(7)));
        Assert.True(trust.IsExpired("XB", Lists.Now)); // no list at all
    }

    [Fact]
    public void A_suspension_counts_from_its_time_and_compromise_before_legal()
    {
        var trust = Lists.Snapshot(Lists.List() with
        {
            Suspensions = [new(Prosecutor, SuspensionReason.Legal, Lists.Start), new(Prosecutor, SuspensionReason.Compromise, Lists.Start.AddDays(1))],
        });
        Assert.Null(trust.SuspensionOf(Prosecutor, Lists.Start.AddMilliseconds(-1)));
        Assert.Equal(SuspensionReason.Legal, trust.SuspensionOf(Prosecutor, Lists.Start)!.Reason);
        Assert.Equal(SuspensionReason.Compromise, trust.SuspensionOf(Prosecutor, Lists.Start.AddDays(1))!.Reason);
        Assert.Null(trust.SuspensionOf(Node, Lists.Now));
    }

    [Fact]
    public void Seq_only_grows()
    {
        var (one, two) = (Lists.List(), Lists.List() with { Seq = 2 });
        var seen = Lists.Snapshot(one, two).Seen;
        Assert.Equal(2, seen["XA"].Seq);
        Assert.Empty(TrustSnapshot.Build(Lists.Anchors, [Lists.Signed(two)], Lists.Now, seen).Faults);
        Assert.Equal(TrustRule.SequenceBack, Rule(TrustSnapshot.Build(Lists.Anchors, [Lists.Signed(one)], Lists.Now, seen)));
        Assert.Equal(TrustRule.Equivocation, Rule(TrustSnapshot.Build(Lists.Anchors, [Lists.Signed(two with { Exp = two.Exp + 1 })], Lists.Now, seen)));
        Assert.Equal(TrustRule.Equivocation, Rule(Lists.Snapshot(two, two with { Exp = two.Exp + 1 })));
        Assert.Empty(Lists.Snapshot(two, two).Faults); // the same list twice is one list
    }

    [Fact]
    public void A_list_counts_only_under_its_own_anchor()
    {
        var list = Lists.List();
        Assert.Equal(TrustRule.Envelope, Rule(Build(list, "mlat-msg-ping+jwt", "xa/anchor")));
        Assert.Equal(TrustRule.UnknownAnchorKey, Rule(Build(list, TrustList.Type, "xb/anchor")));
        Assert.Equal(TrustRule.UnknownAnchorKey, Rule(Build(list, TrustList.Type, "xa/message")));
        Assert.Equal(TrustRule.Binding, Rule(Lists.Snapshot(list with { Iss = "https://anchor.xb.example" } with { Jurisdiction = "XB" })));
        Assert.Equal(TrustRule.UnknownAnchor, Rule(Lists.Snapshot(list with { Iss = "https://anchor.xc.example" })));
        Assert.Equal(TrustRule.Demo, Rule(Lists.Snapshot(list with { Demo = false })));
        Assert.Equal(TrustRule.Early, Rule(Lists.Snapshot(list with { Iat = Lists.Now.ToUnixTimeSeconds() + 61 })));
        Assert.Empty(Lists.Snapshot(list with { Iat = Lists.Now.ToUnixTimeSeconds() + 60 }).Faults);

        TrustSnapshot Build(TrustList l, string type, string key) => TrustSnapshot.Build(
            Lists.Anchors, [CompactJws.Sign(type, System.Text.Encoding.UTF8.GetBytes(Lists.Payload(l)), Lists.Key(key))], Lists.Now);
    }

    [Fact]
    public void An_anchor_cannot_speak_of_the_entities_of_another_nor_use_an_anchor_key()
    {
        var list = Lists.List();
        var stranger = list with { Oversight = [new("https://xb-prosecutor.xb.example", "xb-prosecutor")] };
        Assert.Equal(TrustRule.Domain, Rule(Lists.Snapshot(stranger, Lists.List("xb"))));
        var anchorKey = list with { Node = list.Node with { Keys = [.. list.Node.Keys, new(KeyUse.Log, Lists.Public("xb/anchor"), Lists.Start)] } };
        Assert.Equal(TrustRule.SharedKey, Rule(Lists.Snapshot(anchorKey)));
    }

    [Fact]
    public void A_changed_signature_is_refused_and_the_other_lists_still_count()
    {
        var (xa, xb) = (Lists.Signed(Lists.List()), Lists.Signed(Lists.List("xb")));
        var other = Lists.Signed(Lists.List() with { Seq = 3 });
        var trust = TrustSnapshot.Build(Lists.Anchors, [xa[..xa.LastIndexOf('.')] + other[other.LastIndexOf('.')..], xb], Lists.Now);
        Assert.Equal(TrustRule.Signature, Rule(trust));
        Assert.Equal("XB", Assert.Single(trust.Jurisdictions));
    }

    private static TrustRule Rule(TrustSnapshot trust) => Assert.Single(trust.Faults).Rule;
}
