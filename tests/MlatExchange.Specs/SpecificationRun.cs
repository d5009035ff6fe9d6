using System.Reflection;
using System.Text.RegularExpressions;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Jurisdictions;
using MlatExchange.Domain.Oversight;
using MlatExchange.Domain.Requests;
using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;

namespace MlatExchange.Specs;

/// <summary>Runs every lifecycle spec once more, in a fixed order, and keeps what they print.</summary>
internal static partial class SpecificationRun
{
    private static readonly string[] Capabilities = ["Requests", "Execution", "Transfers", "Retention", "Oversight", "Jurisdictions"];

    private static readonly Lazy<(IReadOnlyList<string> Lines, IReadOnlyDictionary<Type, object> Events)> Once = new(() => SpecificationText.Record(RunAll));

    public static IReadOnlyList<string> Lines => Once.Value.Lines;

    /// <summary>One example of each event that a spec folded.</summary>
    public static IReadOnlyDictionary<Type, object> Events => Once.Value.Events;

    private static IEnumerable<Type> Classes => typeof(SpecificationRun).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && IsSpec(type))
        .OrderBy(type => Array.IndexOf(Capabilities, type.Namespace!.Split('.')[^1]))
        .ThenBy(type => type.Name, StringComparer.Ordinal);

    private static bool IsSpec(Type type) =>
        Bases(type).Any(parent => parent == typeof(Spec<AssistanceRequest, RequestEvent>)
            || parent == typeof(Spec<ReceivedRequest, ExecutionEvent>)
            || parent == typeof(Spec<SuppliedTransfer, SupplyEvent>)
            || parent == typeof(Spec<HeldTransfer, HoldingEvent>)
            || parent == typeof(Spec<TransferUse, UseEvent>)
            || parent == typeof(Spec<TransferUse, TransferEvent>)
            || parent == typeof(Spec<KeyErasure, KeyErasureEvent>)
            || parent == typeof(Spec<Consultation, OversightEvent>)
            || parent == typeof(Spec<Reconciliation, ReconciliationEvent>)
            || parent == typeof(Spec<JurisdictionState, JurisdictionEvent>));

    private static IEnumerable<Type> Bases(Type type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType) yield return parent;
    }

    private static void RunAll()
    {
        foreach (var type in Classes)
        {
            SpecificationText.Heading("");
            SpecificationText.Heading($"# {type.Namespace!.Split('.')[^1]}: {WordStart().Replace(type.Name.Replace("Specs", "", StringComparison.Ordinal), " $1").Trim().ToLowerInvariant()}");
            foreach (var method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).OrderBy(method => method.MetadataToken))
                Run(type, method);
        }
    }

    private static void Run(Type type, MethodInfo method)
    {
        if (method.GetCustomAttribute<FactAttribute>() is null) return;
        var rows = method.GetCustomAttributes<InlineDataAttribute>().Select(row => row.Data).DefaultIfEmpty([]);
        foreach (var row in rows)
        {
            SpecificationText.Heading("");
            SpecificationText.Heading($"{method.Name.Replace('_', ' ')}.");
            method.Invoke(Activator.CreateInstance(type), [.. row]);
        }
    }

    [GeneratedRegex("([A-Z])")]
    private static partial Regex WordStart();
}
