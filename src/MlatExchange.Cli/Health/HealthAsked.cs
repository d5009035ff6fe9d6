namespace MlatExchange.Cli.Health;

/// <summary>What a request asks for, and what stands for the person.</summary>
/// <param name="Options">Codes of the request's item, such as FORENSIC_EXAMINATION.</param>
/// <param name="Person">Pseudonym of the case, or the person's reference in the request.</param>
/// <param name="From">First day asked for; null for no limit.</param>
/// <param name="To">Last day asked for; null for no limit.</param>
/// <param name="ShiftDays">Days that dates move where an option says so: one number for a person, however often something of hers is sealed.</param>
/// <param name="LegalBasis">Instrument or act, and article.</param>
/// <param name="At">When it is minimised.</param>
/// <param name="Tool">Name and version of the tool.</param>
public sealed record HealthAsked(IReadOnlyList<string> Options, string Person, DateOnly? From, DateOnly? To, int ShiftDays, IReadOnlyList<string> LegalBasis, DateTimeOffset At, string Tool);
