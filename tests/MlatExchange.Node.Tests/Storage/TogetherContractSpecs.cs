using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Storage;

namespace MlatExchange.Node.Tests.Storage;

/// <summary>Two stores on one database, of one driver or of two: what one wrote the other loads, folds and appends to.</summary>
public sealed class TogetherContractSpecs(NodeDatabase database) : DriverContract(database)
{
    [Theory, MemberData(nameof(Drivers.Pairs), MemberType = typeof(Drivers))]
    public async Task What_one_wrote_the_other_loads_to_the_last_byte(string writer, string reader)
    {
        var (one, other, stream) = (Open(writer), Open(reader), Given.Stream());
        await one.Append(new(
            [new(stream, 0, [Given.Event("request.drafted.v1", """{"é":[1.10,{"b":1,"a":"\u2028"}]}""", """{"leaf":{"op":"collection","clear":{"n":2.50}}}"""), Given.Event()])],
            [], [], "official-1", "call-1", "cause-1"));

        var (own, theirs) = (await one.Load(stream), await other.Load(stream));

        Assert.Equal(2, own.Count);
        Assert.Equal(own.Select(Plain), theirs.Select(Plain));
        Assert.Equal(own.Select(Plain), (await other.Read([.. own.Select(e => e.Id)])).Select(Plain));
    }

    [Theory, MemberData(nameof(Drivers.Pairs), MemberType = typeof(Drivers))]
    public async Task What_one_wrote_the_other_folds_and_appends_to(string writer, string reader)
    {
        var (one, other, stream) = (Open(writer), Open(reader), Given.Stream());
        var story = Given.Story();

        await one.Append(Append.To(stream, 0, Given.Event(story[0])));
        await other.Append(Append.To(stream, 1, Given.Event(story[1])));
        Assert.Equal(Given.Text(AssistanceRequest.Fold(story[..2])), Given.Text(Fold(await one.Load(stream))));
        Assert.Equal(new AppendOutcome.Conflict(stream, 1, 2), await one.Append(Append.To(stream, 1, Given.Event(story[2]))));
        Assert.IsType<AppendOutcome.Appended>(await one.Append(Append.To(stream, 2, Given.Event(story[2]))));

        Assert.Equal(Given.Text(AssistanceRequest.Fold(story)), Given.Text(Fold(await other.Load(stream))));
        Assert.Equal([1, 2, 3], (await other.Load(stream)).Select(e => e.Version));
    }

    [Theory, MemberData(nameof(Drivers.Pairs), MemberType = typeof(Drivers))]
    public async Task What_one_wrote_the_other_recognises_as_written(string writer, string reader)
    {
        var (one, other, entry) = (Open(writer), Open(reader), new VaultEntry($"openings/{Guid.NewGuid()}", "case-1", [1]));
        var append = new Append([new(Given.Stream(), 0, Given.Events(2)), new(Given.Stream(), 0, Given.Events(1))], [entry], []);
        await one.Append(append);

        Assert.Contains(Assert.IsType<AppendOutcome.Duplicate>(await other.Append(append)).EventId, append.Streams.SelectMany(s => s.Events).Select(e => e.Id));
        Assert.Equal(new AppendOutcome.ReferenceTaken(entry.Reference), await other.Append(new([new(Given.Stream(), 0, Given.Events(1))], [entry], [])));
        await Database.Run("select es.mt_archive_stream($1)", append.Streams[1].Stream);
        Assert.Equal(new AppendOutcome.Archived(append.Streams[1].Stream), await other.Append(Append.To(append.Streams[1].Stream, 1, Given.Event())));
        Assert.Single(await other.Load(append.Streams[1].Stream));
    }

    private static object Plain(StoredEvent e) => (e.Id, e.Stream, e.Version, e.Sequence, e.Type, e.At, e.Data.Text(), e.Headers.Text(), (e.User, e.Correlation, e.Causation));

    private static AssistanceRequest Fold(IEnumerable<StoredEvent> events) => AssistanceRequest.Fold(events.Select(e =>
        (RequestEvent)JsonSerializer.Deserialize(e.Data.Span, EventNames.Domain.Single(pair => pair.Value.Name == e.Type).Key, EventJson.Options)!));
}
