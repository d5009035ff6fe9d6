using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Specs.Protocol.Messages;

public class DialogueSpecs
{
    private const string Xa = "https://node.xa.example";
    private const string Xb = "https://node.xb.example";
    private static readonly Digest A1 = Acts.DigestOf("a1"), A2 = Acts.DigestOf("a2"), A3 = Acts.DigestOf("a3"), B1 = Acts.DigestOf("b1");

    [Fact]
    public void The_first_message_of_a_thread_names_no_other()
    {
        var core = Next(ThreadHeads.Empty);
        Assert.Equal((1, null, null), (core.Seq, core.Prev, core.Seen));
    }

    [Fact]
    public void Each_message_names_the_one_before_and_the_newest_of_the_other_side()
    {
        var core = Next(ThreadHeads.Empty.AfterOwn(A1).AfterOther(B1).AfterOwn(A2));
        Assert.Equal((3, A2, new Link(1, B1)), (core.Seq, core.Prev, core.Seen));
    }

    [Fact]
    public void Messages_that_cross_both_fit()
    {
        var (fromA, fromB) = (Next(ThreadHeads.Empty), Next(ThreadHeads.Empty));
        Assert.IsType<Placement.Fits>(Dialogue.Place(fromA, A1, new ThreadFacts(null, B1, null)));
        Assert.IsType<Placement.Fits>(Dialogue.Place(fromB, B1, new ThreadFacts(null, A1, null)));
    }

    [Fact]
    public void A_message_ahead_of_a_gap_is_held_and_says_what_is_missing()
    {
        var third = Next(ThreadHeads.Empty.AfterOwn(A1).AfterOwn(A2));
        Assert.Equal(new Placement.Gap(1, 2), Dialogue.Place(third, A3, ThreadFacts.None));
        Assert.Equal(new Placement.Gap(2, 2), Dialogue.Place(third, A3, new ThreadFacts(new Link(1, A1), null, null)));
        Assert.IsType<Placement.Fits>(Dialogue.Place(third, A3, new ThreadFacts(new Link(2, A2), null, null)));
    }

    [Fact]
    public void A_wrong_link_takes_its_place_without_fitting()
    {
        var second = Next(ThreadHeads.Empty.AfterOwn(A1));
        var placed = Dialogue.Place(second, A2, new ThreadFacts(new Link(1, A3), null, null));
        Assert.IsType<Placement.WrongPrev>(placed);
        Assert.True(placed.TakesPlace);
    }

    [Fact]
    public void Naming_a_message_that_was_never_sent_is_refused()
    {
        var second = Next(new ThreadHeads(new Link(1, A1), new Link(1, B1)));
        var thread = new ThreadFacts(new Link(1, A1), B1, null);
        Assert.IsType<Placement.Fits>(Dialogue.Place(second, A2, thread));
        Assert.IsType<Placement.WrongSeen>(Dialogue.Place(second, A2, thread with { OwnAtSeen = A3 }));
        Assert.IsType<Placement.WrongSeen>(Dialogue.Place(second, A2, thread with { OwnAtSeen = null }));
    }

    [Fact]
    public void One_place_holds_one_message()
    {
        var second = Next(ThreadHeads.Empty.AfterOwn(A1));
        Assert.Equal(new Placement.Reused(A3), Dialogue.Place(second, A2, new ThreadFacts(new Link(2, A3), null, A3)));
        Assert.IsType<Placement.Repeat>(Dialogue.Place(second, A2, new ThreadFacts(new Link(2, A2), null, A2)));
        Assert.False(new Placement.Reused(A3).TakesPlace);
    }

    [Fact]
    public void A_message_held_at_a_place_also_takes_it()
    {
        var third = Next(ThreadHeads.Empty.AfterOwn(A1).AfterOwn(A2));
        Assert.Equal(new Placement.Reused(A1), Dialogue.Place(third, A3, new ThreadFacts(null, null, A1)));
    }

    [Fact]
    public void Both_sides_come_to_one_transcript_hash()
    {
        var ofA = new ThreadHeads(new Link(2, A2), new Link(1, B1)).Transcript(Xa, Xb);
        var ofB = new ThreadHeads(new Link(1, B1), new Link(2, A2)).Transcript(Xb, Xa);
        Assert.Equal(ofA, ofB);
        Assert.Equal(Digest.Of([.. A2.ToArray(), .. B1.ToArray()]), ofA);
        Assert.Equal(Digest.Of([.. A2.ToArray(), .. new byte[32]]), new ThreadHeads(new Link(2, A2), null).Transcript(Xa, Xb));
    }

    [Fact]
    public void The_links_thread_is_the_same_from_both_ends_and_its_own_per_pair()
    {
        Assert.Equal(LinkThread.Of(Xa, Xb), LinkThread.Of(Xb, Xa));
        Assert.NotEqual(LinkThread.Of(Xa, Xb), LinkThread.Of(Xa, "https://node.xc.example"));
        var hash = System.Security.Cryptography.SHA256.HashData("mlat-link-v1\0https://node.xa.example\0https://node.xb.example"u8);
        Assert.Equal(Base64Url.Encode(hash.AsSpan(0, 16)), LinkThread.Of(Xa, Xb));
    }

    private static MessageCore Next(ThreadHeads heads) => heads.Next(Acts.Id("jti"), Xa, Xb, Acts.Issued, Acts.Id("thread"));
}
