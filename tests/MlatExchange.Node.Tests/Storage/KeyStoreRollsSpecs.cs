using Microsoft.Extensions.Logging.Abstractions;
using MlatExchange.Node.Storage;

namespace MlatExchange.Node.Tests.Storage;

public sealed class KeyStoreRollsSpecs
{
    [Fact]
    public async Task Epochs_end_on_their_own_and_a_damaged_key_fails_readiness()
    {
        var folder = Directory.CreateTempSubdirectory("mlat-keys-");
        try
        {
            var keys = new KeyStore(folder.FullName, TimeSpan.FromMilliseconds(300), TimeProvider.System);
            var key = keys.GetOrCreate("case-1");
            using var rolls = new KeyStoreRolls(keys, TimeSpan.FromMilliseconds(20), TimeProvider.System, NullLogger<KeyStoreRolls>.Instance);
            await rolls.StartAsync(CancellationToken.None);
            string Epochs() => string.Join(' ', Directory.GetFiles(Path.Combine(folder.FullName, "epochs")).Select(Path.GetFileName));

            await Ledger.LedgerNode.Until(() => Epochs().StartsWith("0000000003", StringComparison.Ordinal), "third epoch");
            Assert.Equal(key.Bytes(), keys.Find("case-1")!.Bytes());
            Assert.Null(rolls.Fault);

            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "data", "case-2"), [1, 2, 3]);
            await Ledger.LedgerNode.Until(() => rolls.Fault is not null, "fault");
            Assert.EndsWith("data keys no longer open.", rolls.Fault, StringComparison.Ordinal);
            await rolls.StopAsync(CancellationToken.None);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
