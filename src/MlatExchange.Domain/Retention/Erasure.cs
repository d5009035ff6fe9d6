namespace MlatExchange.Domain.Retention;

/// <summary>How far an erasure got, as its events tell.</summary>
/// <param name="UnrecoverableFrom">Once the key is destroyed: end of the epoch whose key wraps copies of it, UTC.</param>
public sealed record ErasureProgress(
    ErasureOrder Order,
    bool HoldStands,
    bool Started,
    bool KeyDestroyed,
    bool CiphertextDeleted,
    bool Completed,
    bool CertificateSent,
    DateTimeOffset? UnrecoverableFrom = null);

/// <summary>
/// What is to be done next. Each step may be done again: after a crash between doing it and recording it, the same answer comes, and destroying what
/// is gone is no error.
/// </summary>
public abstract record ErasureStep
{
    private ErasureStep()
    {
    }

    /// <summary>Wait until the instant, UTC.</summary>
    public sealed record Wait(DateTimeOffset Until) : ErasureStep;

    /// <summary>Wait until every hold is lifted.</summary>
    public sealed record WaitForHolds : ErasureStep;

    /// <summary>Record the start at the version that was read: a hold placed meanwhile makes that append fail.</summary>
    public sealed record Start : ErasureStep;

    /// <summary>Destroy the data key in the key store, then record it.</summary>
    public sealed record DestroyKey : ErasureStep;

    /// <summary>Delete the sealed bytes, then record it.</summary>
    public sealed record DeleteCiphertext : ErasureStep;

    /// <summary>See that the epoch's key is destroyed, then record that nothing is left.</summary>
    public sealed record Complete : ErasureStep;

    /// <summary>Sign and send the certificate.</summary>
    public sealed record SendCertificate : ErasureStep;

    /// <summary>Nothing more to do.</summary>
    public sealed record Done : ErasureStep;
}

/// <summary>
/// The order of erasure: ordered, started, key, sealed bytes, completed, certificate. Completed is said only after the epoch's end: a certificate that named an instant to
/// come would be wrong where the node stands still over it.
/// </summary>
public static class Erasure
{
    /// <summary>
    /// When an order may be carried out at the earliest: at once where a court, the supplier or the law leaves no choice; otherwise after
    /// <paramref name="objectionTime"/>, in which oversight may have a hold placed.
    /// </summary>
    public static DateTimeOffset NotBefore(ErasureGround ground, DateTimeOffset orderedAt, TimeSpan objectionTime) => ground switch
    {
        _ when AtOnce(ground) => orderedAt,
        _ => orderedAt + objectionTime,
    };

    /// <summary>Whether a ground leaves no time to object.</summary>
    public static bool AtOnce(ErasureGround ground) => ground is ErasureGround.CourtOrder or ErasureGround.ValidationRefused or ErasureGround.Objection or ErasureGround.RequestWithdrawn
        or ErasureGround.Remedy or ErasureGround.ConditionsWithdrawn;

    /// <summary>The next step from any point, also after a crash.</summary>
    public static ErasureStep Next(ErasureProgress progress, DateTimeOffset now) => progress switch
    {
        { Started: false, HoldStands: true } => new ErasureStep.WaitForHolds(),
        { Started: false } when now < progress.Order.NotBefore => new ErasureStep.Wait(progress.Order.NotBefore),
        { Started: false } => new ErasureStep.Start(),
        { KeyDestroyed: false } => new ErasureStep.DestroyKey(),
        { CiphertextDeleted: false } => new ErasureStep.DeleteCiphertext(),
        { Completed: false, UnrecoverableFrom: { } until } when now < until => new ErasureStep.Wait(until),
        { Completed: false } => new ErasureStep.Complete(),
        { CertificateSent: false } => new ErasureStep.SendCertificate(),
        _ => new ErasureStep.Done(),
    };
}
