using MlatExchange.Node.Storage;

namespace MlatExchange.Node.Tests.Storage;

internal static class KeyBytes
{
    /// <summary>The key in the clear, as only a test may keep it.</summary>
    public static byte[] Bytes(this DataKey key)
    {
        var bytes = new byte[DataKey.Length];
        Assert.True(key.TryCopy(bytes), "the key was overwritten");
        return bytes;
    }
}
