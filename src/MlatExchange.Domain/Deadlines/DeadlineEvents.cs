using System.Collections.Frozen;

namespace MlatExchange.Domain.Deadlines;

/// <summary>Events that start or stop clocks: a closed set, since code raises them.</summary>
public static class DeadlineEvents
{
    public const string Delivery = "delivery";
    public const string Sending = "sending";
    public const string Notification = "notification";
    public const string Decision = "decision";
    public const string Clarification = "clarification-request";

    public const string ThirdCountryObjection = "third-country-objection";

    internal static readonly FrozenDictionary<string, (string English, string French)> Words = new Dictionary<string, (string, string)>
    {
        [Delivery] = ("the delivery of the request", "la remise de la demande"),
        [Sending] = ("the sending of the request", "l'envoi de la demande"),
        [Notification] = ("the notification of the enforcing authority", "la notification à l'autorité chargée de l'exécution"),
        [Decision] = ("the decision", "la décision"),
        [Clarification] = ("the request for clarification", "la demande d'éclaircissements"),
        [ThirdCountryObjection] = ("the objection of a conflict with the law of a third country", "l'objection tirée d'un conflit avec le droit d'un pays tiers"),
        ["delay"] = ("the obstacle", "l'empêchement"),
        ["enforcement-request"] = ("the request for enforcement", "la demande d'exécution"),
        ["objection"] = ("the objection", "l'objection"),
        ["order-received"] = ("the receipt of the order", "la réception de l'injonction"),
        ["transmission"] = ("the transmission", "la transmission"),
        ["service"] = ("the service on the provider", "la signification au fournisseur"),
        ["withdrawal"] = ("the withdrawal", "le retrait"),
        ["use-report-request"] = ("the request for a report on use", "la demande de rapport d'utilisation"),
        ["onward-request"] = ("the request to pass on", "la demande de transfert ultérieur"),
        ["retention-end"] = ("the end of the retention term", "la fin de la durée de conservation"),
        ["incident"] = ("the incident", "l'incident"),
        ["remedy"] = ("the remedy", "le recours"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every code.</summary>
    public static IReadOnlySet<string> Codes { get; } = Words.Keys.ToFrozenSet(StringComparer.Ordinal);
}
