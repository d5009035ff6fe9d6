using MlatExchange.Node.Http;
using MlatExchange.Node.Storage;

namespace MlatExchange.Node.Recording;

/// <summary>A stream folded into its state.</summary>
/// <param name="Version">Number of events; 0 when the stream does not exist.</param>
public sealed record Loaded<TState>(string Stream, TState State, long Version);

/// <summary>One event of a stream as read back.</summary>
/// <param name="Name">Pinned name.</param>
public sealed record Happened<TEvent>(string Name, long Version, DateTimeOffset At, TEvent Event);

/// <summary>What one attempt came to: an answer at once (a refusal, or nothing to write), or a group to append and the answer to give after.</summary>
/// <param name="Version">Version of the command's own stream, which is the group's first, as loaded.</param>
/// <param name="Written">Given the version that stream has now: the loaded one where nothing had to be written.</param>
/// <param name="User">Pseudonym of whoever acted.</param>
public sealed record Attempt(IResult? Refused, Group? Group, long Version, Func<long, IResult>? Written, string? User)
{
    public static Attempt Answer(IResult result) => new(result, null, 0, null, null);

    public static Attempt Write(Group group, long version, Func<long, IResult> written, string? user = null) => new(null, group, version, written, user);
}

/// <summary>The whole application layer: load, decide, append; when another wrote meanwhile, load and decide again.</summary>
public sealed class Journal(IEventStore store, Recorder recorder, Vault vault)
{
    private const int Attempts = 6;

    public async Task<Loaded<TState>> Load<TState, TEvent>(string stream, TState initial, Func<TState, TEvent, TState> evolve, CancellationToken cancellationToken)
    {
        var events = await store.Load(stream, cancellationToken);
        var state = initial;
        foreach (var stored in events)
            if (recorder.Read(stored) is TEvent known) state = evolve(state, known);
        return new(stream, state, events.Count == 0 ? 0 : events[^1].Version);
    }

    /// <summary>The known events of a stream with their pinned names and times.</summary>
    public async Task<IReadOnlyList<Happened<TEvent>>> History<TEvent>(string stream, CancellationToken cancellationToken) =>
        [.. (await store.Load(stream, cancellationToken)).Select(stored => (Stored: stored, Event: recorder.Read(stored)))
            .Where(pair => pair.Event is TEvent).Select(pair => new Happened<TEvent>(pair.Stored.Type, pair.Stored.Version, pair.Stored.At, (TEvent)pair.Event!))];

    public Group Begin(string keyId) => new(recorder, vault, keyId);

    /// <summary>Appends once, for work that runs again by itself; false when another wrote meanwhile.</summary>
    public async Task<bool> TryAppend(Group group, CancellationToken cancellationToken) =>
        group.IsEmpty || await store.Append(group.ToAppend(), cancellationToken) is AppendOutcome.Appended;

    /// <summary>Runs a command until it is written or refused; 409 <c>changed-meanwhile</c> when others keep winning.</summary>
    public async Task<IResult> Run(Func<Task<Attempt>> attempt, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Attempts; i++)
        {
            var tried = await attempt();
            if (tried.Refused is not null) return tried.Refused;
            if (tried.Group!.IsEmpty) return tried.Written!(tried.Version);
            switch (await store.Append(tried.Group.ToAppend(tried.User), cancellationToken))
            {
                case AppendOutcome.Appended appended: return tried.Written!(appended.Versions[0]);
                case AppendOutcome.Archived: return Problem.Gone("archived", "The case was archived and takes no more events.");
            }
        }
        return Problem.Contended();
    }
}
