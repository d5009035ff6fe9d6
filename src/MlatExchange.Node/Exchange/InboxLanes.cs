using System.Text;
using System.Threading.Channels;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Verification;

namespace MlatExchange.Node.Exchange;

/// <summary>
/// Opens what came (steps 1 to 10) on all cores, keeps the order in which it came, and hands each message to the lane of its thread: one thread's messages
/// are judged one after the other, different threads at once, so that their effects share commits.
/// </summary>
public sealed class InboxLanes(
    NodeIdentity node, CurrentTrust trust, Func<RawMessage, int, string, CancellationToken, Task> setAside, Func<RawMessage, OpenedMessage, CancellationToken, Task> judge,
    TimeProvider clock)
{
    private const int Lanes = 64;
    private readonly Channel<(RawMessage Raw, Task<Opening> Opening)> _opening = Channel.CreateBounded<(RawMessage, Task<Opening>)>(128);
    private readonly Channel<Func<Task>>[] _lanes = [.. Enumerable.Range(0, Lanes).Select(_ => Channel.CreateBounded<Func<Task>>(64))];
    private readonly Dictionary<string, EcKey> _keys = node.EncryptionKeys.ToDictionary(key => key.Thumbprint, StringComparer.Ordinal);

    /// <summary>Takes a message; waits while too many are under way.</summary>
    public ValueTask Enqueue(RawMessage raw) => _opening.Writer.WriteAsync((raw, Task.Run(() => Open(raw))));

    public Task Run(CancellationToken stopping) => Task.WhenAll([Dispatch(stopping), .. _lanes.Select(lane => Work(lane, stopping))]);

    /// <summary>Steps 1 to 10.</summary>
    public Opening Open(RawMessage raw) =>
        OpenMessage.Run(Encoding.Latin1.GetString(raw.Body), new(trust(), node.Entity, _keys, raw.Counterpart, raw.ReceivedAt));

    private async Task Dispatch(CancellationToken stopping)
    {
        await foreach (var (raw, opening) in _opening.Reader.ReadAllAsync(stopping))
        {
            (int Lane, Func<Task> Work) next = await opening switch
            {
                Opening.Opened { Message: var message } => (LaneOf(message.Core?.Thread ?? ""), () => judge(raw, message, stopping)),
                Opening.Refused { Failure: var failure } => (raw.Digest[0] % Lanes, () => SetAside(raw, failure, stopping)),
                _ => throw new InvalidOperationException("An opening that is neither opened nor refused."),
            };
            await _lanes[next.Lane].Writer.WriteAsync(next.Work, stopping);
        }
    }

    private Task SetAside(RawMessage raw, StepFailure failure, CancellationToken stopping) => Exchanging.UntilDone(
        () => setAside(raw, (int)failure.Step, failure.Rule, stopping), (_, _) => { }, clock, stopping);

    private static async Task Work(Channel<Func<Task>> lane, CancellationToken stopping)
    {
        await foreach (var work in lane.Reader.ReadAllAsync(stopping)) await work();
    }

    private static int LaneOf(string thread) => (int)((uint)string.GetHashCode(thread, StringComparison.Ordinal) % Lanes);
}
