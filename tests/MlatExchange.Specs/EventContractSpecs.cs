using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MlatExchange.Domain;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Jurisdictions;
using MlatExchange.Domain.Oversight;
using MlatExchange.Domain.Requests;
using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Threads;
using MlatExchange.Domain.Transfers;
using MlatExchange.Specs.Deploy;
using MlatExchange.Specs.Protocol.Messages;

namespace MlatExchange.Specs;

/// <summary>Events are what is kept for ever: their names, their JSON and what they may hold do not change by accident.</summary>
public sealed partial class EventContractSpecs
{
    private static readonly Dictionary<Type, string> Families = new()
    {
        [typeof(RequestEvent)] = "A request at the requesting side: `request-{uuid}`",
        [typeof(ExecutionEvent)] = "A request at the requested side: `received-{uuid}`",
        [typeof(SupplyEvent)] = "A transfer at the supplier: `transfer-{wire id}`",
        [typeof(HoldingEvent)] = "A transfer at the holder: `transfer-{wire id}`",
        [typeof(UseEvent)] = "The use of a transfer's evidence, on either side: `transfer-{wire id}`",
        [typeof(ThreadEvent)] = "What two nodes said in one thread: `thread-{wire id}`",
        [typeof(LinkEvent)] = "The broker between two nodes: `relay-{uuid}`, one event each",
        [typeof(KeyErasureEvent)] = "The end of a data key: `erasure-{key id}`",
        [typeof(JurisdictionEvent)] = "What belongs to no case: `jurisdiction-{code}`",
        [typeof(OversightEvent)] = "A consultation by an oversight body: `consultation-{uuid}`",
        [typeof(ReconciliationEvent)] = "The comparison of two logs: `reconciliation-{code}`",
    };

    /// <summary>Threads are folded by their own history and not told as commands, so their examples stand here.</summary>
    private static readonly object[] ThreadExamples =
    [
        new ThreadEvent.MessageSigned(
            "request", "jti-1", 1, Cast.Digest("message"), "XB", "request-01977f00-0000-7000-8000-00000000c001", "case-01977f00-0000-7000-8000-00000000c001",
            new("01977f00-0000-7000-8000-00000000d001"), null, new("request", "act-1", Cast.Digest("act")), Cast.Hour(4)),
        new ThreadEvent.MessageAccepted(
            "receipt", "jti-2", 1, Cast.Digest("receipt"), "XB", "request-01977f00-0000-7000-8000-00000000c001", "case-01977f00-0000-7000-8000-00000000c001",
            null, new("delivery", Cast.Digest("message")), Cast.Hour(5)),
        new ThreadEvent.MessageRefused("request", "jti-3", 2, Cast.Digest("late"), "XB", "thread-thread-1", 13, "stale", true, Cast.Hour(200)),
        new ThreadEvent.MessageHeld("decision", "jti-5", 4, Cast.Digest("early"), "XB", 3, 3, Cast.Hour(6)),
        new ThreadEvent.EquivocationFound("jti-2", 1, Cast.Digest("second"), Cast.Digest("receipt"), "XB", "thread-thread-1", Cast.Hour(7)),
        new LinkEvent.Relayed("XB", [Cast.Digest("message")], Cast.Hour(4)),
    ];

    private static readonly JsonSerializerOptions Indented = new(EventJson.Options) { WriteIndented = true };

    private static IEnumerable<Type> Types => Families.Keys.SelectMany(Cases);

    [Fact]
    public void Every_event_has_a_pinned_name_of_its_own_and_a_LED_operation()
    {
        Assert.Equal(Types.Select(type => type.FullName).Order(), EventNames.Domain.Keys.Select(type => type.FullName).Order());
        Assert.All(EventNames.Domain.Values, name =>
        {
            Assert.Matches(@"^[a-z-]+\.[a-z-]+\.v[1-9]$", name.Name);
            Assert.Contains(name.Operation, (string[])["collection", "alteration", "consultation", "disclosure", "combination", "erasure"]);
        });
    }

    /// <summary>The harness folds each event through Evolve and fails if the state does not change: one that is ignored by accident has no example.</summary>
    [Fact]
    public void Every_event_is_told_of_in_a_spec_and_changes_the_state() =>
        Assert.Empty(Types.Except(ThreadExamples.Select(example => example.GetType())).Where(type => !SpecificationRun.Events.ContainsKey(type)).Select(type => type.FullName));

    [Fact]
    public void The_described_events_are_the_approved_ones() => Approved.Holds("events/README.md", Describe());

    [Fact]
    public void The_approved_examples_can_be_read_and_are_written_again_as_they_stand()
    {
        var byName = EventNames.Domain.ToDictionary(pair => pair.Value.Name, pair => pair.Key, StringComparer.Ordinal);
        var examples = Tree.Read("contracts/events/README.md").Split("\n### ")[1..];
        Assert.Equal(Types.Count(), examples.Length);
        Assert.All(examples, example =>
        {
            var json = example.Split("```json\n")[1].Split("\n```")[0];
            var read = JsonSerializer.Deserialize(json, byName[example.Split('\n')[0]], EventJson.Options);
            Assert.Equal(json, JsonSerializer.Serialize(read, read!.GetType(), Indented));
        });
    }

    [Fact]
    public void A_member_that_a_later_version_adds_does_not_stop_an_older_reader()
    {
        var read = JsonSerializer.Deserialize<RequestEvent.Sent>("""{"at":"2026-06-01T12:00:00.000Z","via":"courier"}""", EventJson.Options);
        Assert.Equal(new RequestEvent.Sent(Cast.Hour(4)), read);
    }

    [Fact]
    public void An_enumeration_is_never_read_from_a_number() => Assert.Throws<JsonException>(() =>
        JsonSerializer.Deserialize<RequestEvent.Withdrawn>("""{"ground":1,"by":{"id":"a","role":"b","authority":"c"},"at":"2026-06-01T12:00:00.000Z"}""", EventJson.Options));

    private static string Describe()
    {
        var text = new StringBuilder("""
            # Events

            Every event of the domain: the name it is stored and logged under for ever, the operation of LED Article 25 that it records, what it says, and an
            example. A published name never changes its shape: a new shape is a new name. Members are camelCase, codes kebab-case, instants RFC 3339 in UTC with
            milliseconds, digests `sha-256:` and base64url without padding (shortened in the examples). Absent members are null. Events hold codes, digests and
            ids: no names, selectors, file numbers, free text or bodies; those lie in the vault. This page is printed by the specs.

            `frozen/<name>.json` is the example as it was when the name was first published, `frozen/<name>.schema.json` the shape. A file there is never changed,
            but that a shape may gain optional members and codes: what was ever written is read by every later build, and what a later build writes is read by an
            earlier one, which passes over members it does not know and refuses a code it does not know. So all processes of a node are brought to a build before
            one of them writes a new code.

            ## Reading them with Marten

            The tables are Marten's (9.29, string streams, all metadata, a unique event id), in the schema `es` of the node's database. Any application on Marten can
            open them, fold a stream and follow all events, with the types of `MlatExchange.Domain` or with records of its own under the same names
            (`MapEventType<T>("request.drafted.v1")`). It must leave the schema alone (`AutoCreate.None`, and no `ApplyAllConfiguredChangesToDatabaseAsync`), keep its
            own documents in a schema or database of its own, and write no event: what a node says is decided, logged and signed by the node. Marten's order is the
            event sequence; the order that proofs are about is `position` in `ledger.entries`. An archived stream is loaded with `QueryAllRawEvents()` and
            `e.MaybeArchived()`; `FetchStreamAsync` leaves it out.

            A role for the reader (`marten/reader.sql`):

            ```sql

            """);
        text.Append(Tree.Read("contracts/events/marten/reader.sql")).Append("""
            ```

            The application (`marten/RequestOverview.cs`; compiled and run by the tests of a build with `-p:UseMarten=true`):

            ```csharp

            """).Append(Tree.Read("contracts/events/marten/RequestOverview.cs")).Append("```\n");
        foreach (var (family, title) in Families)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n");
            foreach (var type in Cases(family))
            {
                var name = EventNames.Domain[type];
                text.Append(CultureInfo.InvariantCulture, $"\n### {name.Name}\n\n{Summary(name.Name)} Operation: {name.Operation}.\n\n```json\n");
                text.Append(CultureInfo.InvariantCulture, $"{JsonSerializer.Serialize(Example(type), type, Indented)}\n```\n");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<Type> Cases(Type family) => family.GetNestedTypes().Where(type => type.IsSubclassOf(family)).OrderBy(type => type.MetadataToken);

    internal static object Example(Type type) => ThreadExamples.FirstOrDefault(type.IsInstanceOfType) ?? SpecificationRun.Events[type];

    private static readonly Lazy<string> Sources = new(() => string.Join('\n', Directory.EnumerateFiles(Tree.Path("src/MlatExchange.Domain"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)).Select(File.ReadAllText)));

    /// <summary>The docstring of the event, so that the page and the code say the same.</summary>
    private static string Summary(string name)
    {
        var at = Sources.Value.IndexOf($"[EventName(\"{name}\"", StringComparison.Ordinal);
        var start = Sources.Value.LastIndexOf("<summary>", at, StringComparison.Ordinal) + "<summary>".Length;
        var summary = Sources.Value[start..Sources.Value.IndexOf("</summary>", start, StringComparison.Ordinal)];
        var words = Tag().Replace(summary.Replace("///", " ", StringComparison.Ordinal), "`$1`");
        return Blank().Replace(words, " ").Trim();
    }

    [GeneratedRegex("<c>(.*?)</c>")]
    private static partial Regex Tag();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blank();
}
