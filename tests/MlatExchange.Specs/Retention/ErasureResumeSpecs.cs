using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;
using MlatExchange.Specs.Transfers;

namespace MlatExchange.Specs.Retention;

/// <summary>From whatever event a crash left last, the next step is the one that was not recorded.</summary>
public sealed class ErasureResumeSpecs : HoldingSpec
{
    [Fact]
    public void Before_an_order_nothing_is_to_be_erased() => Assert.Null(Given(ToRetention).State.Progress);

    [Fact]
    public void An_order_waits_for_its_time() => Assert.Equal(new ErasureStep.Wait(Cast.Hour(92)), Next(Cast.Hour(91), ToOrder));

    [Fact]
    public void An_order_waits_for_holds_even_when_its_time_came() => Assert.IsType<ErasureStep.WaitForHolds>(Next(Cast.Hour(200), [.. ToOrder, Held]));

    [Fact]
    public void Nothing_is_completed_while_the_epoch_s_key_stands() => Assert.Equal(new ErasureStep.Wait(Cast.Hour(268)), Next(Cast.Hour(267), [.. ToOrder, Started, KeyDestroyed, Deleted]));

    [Fact]
    public void Each_crash_point_resumes_with_the_step_that_was_not_recorded()
    {
        HoldingEvent[] steps = [Started, KeyDestroyed, Deleted, Completed, Sent, Receipted];
        Type[] next =
        [
            typeof(ErasureStep.Start), typeof(ErasureStep.DestroyKey), typeof(ErasureStep.DeleteCiphertext), typeof(ErasureStep.Complete),
            typeof(ErasureStep.SendCertificate), typeof(ErasureStep.Done), typeof(ErasureStep.Done),
        ];
        Assert.Equal(next, Enumerable.Range(0, 7).Select(done => Next(Cast.Hour(268), [.. ToOrder, .. steps.Take(done)]).GetType()));
    }

    [Fact]
    public void Asking_for_the_next_step_and_recording_it_leads_to_the_certificate()
    {
        var state = Given(ToOrder).State;
        var steps = new List<string>();
        while (state is not HeldTransfer.Certified)
        {
            var recorded = Assert.Single(Record(state));
            steps.Add(recorded.GetType().Name);
            state = HeldTransfer.Evolve(state, recorded);
        }

        Assert.Equal(["ErasureStarted", "KeyDestroyed", "CiphertextDeleted", "ErasureCompleted", "CertificateSent", "CertificateReceipted"], steps);
    }

    private static IReadOnlyList<HoldingEvent> Record(HeldTransfer state) => (Erasure.Next(state.Progress!, Cast.Hour(268)) switch
    {
        ErasureStep.Start => new StartErasure(Cast.Hour(100)).Decide(state),
        ErasureStep.DestroyKey => new RecordKeyDestroyed(Cast.Hour(268), Cast.Hour(100)).Decide(state),
        ErasureStep.DeleteCiphertext => new RecordCiphertextDeleted(Cast.Hour(100)).Decide(state),
        ErasureStep.Complete => new CompleteErasure(Cast.Hour(268)).Decide(state),
        ErasureStep.SendCertificate => new SendCertificate(Cast.Digest("certificate"), Cast.Node, Cast.Hour(101)).Decide(state),
        _ => new RecordCertificateReceipt(Cast.Digest("message"), Cast.Hour(102)).Decide(state),
    }).Events;

    private ErasureStep Next(DateTimeOffset now, HoldingEvent[] history) => Erasure.Next(Given(history).State.Progress!, now);
}
