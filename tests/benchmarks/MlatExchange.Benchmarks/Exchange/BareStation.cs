using System.Security.Cryptography;
using RabbitMQ.Client;

namespace MlatExchange.Benchmarks.Exchange;

/// <summary>What one step of the bare path works with: keys of one side as the platform has them, where it stores, a channel with publisher confirms.</summary>
internal sealed class BareStation : IAsyncDisposable
{
    /// <summary>Bytes of a frame that are not sealed: ephemeral point, nonce, tag.</summary>
    private const int Overhead = 64 + 12 + 16;

    private const int SignatureLength = 64;

    private static readonly BasicProperties Persistent = new() { Persistent = true };
    private readonly ECDsa _signer;
    private readonly ECDsa _verifier;
    private readonly ECDiffieHellman _own;
    private readonly ECDiffieHellman _other;
    private readonly ECDiffieHellmanPublicKey _recipient;
    private readonly BareStore _store;
    private readonly IChannel _channel;

    private BareStation(BareKeys own, BareKeys other, BareStore store, IChannel channel)
    {
        (_signer, _verifier) = (ECDsa.Create(own.Signing), ECDsa.Create(BareKeys.PublicOf(other.Signing)));
        (_own, _other) = (ECDiffieHellman.Create(own.Agreement), ECDiffieHellman.Create(BareKeys.PublicOf(other.Agreement)));
        (_recipient, _store, _channel) = (_other.PublicKey, store, channel);
    }

    public static async Task<BareStation> Open(BareKeys own, BareKeys other, BareStore store, IConnection broker) => new(
        own, other, store, await broker.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)));

    /// <summary>A message about a thread, signed and filled up so that it has this many bytes once sealed.</summary>
    public byte[] Sign(Guid thread, int sealedBytes)
    {
        var text = new byte[Math.Max(sealedBytes - Overhead, 16 + SignatureLength)];
        RandomNumberGenerator.Fill(text.AsSpan(16..^SignatureLength));
        thread.TryWriteBytes(text);
        _signer.SignData(text.AsSpan(..^SignatureLength), text.AsSpan(^SignatureLength..), HashAlgorithmName.SHA256);
        return text;
    }

    public byte[] Seal(byte[] text)
    {
        var frame = new byte[text.Length + Overhead];
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = ephemeral.ExportParameters(false).Q;
        point.X!.CopyTo(frame, 0);
        point.Y!.CopyTo(frame, 32);
        RandomNumberGenerator.Fill(frame.AsSpan(64, 12));
        using var gcm = new AesGcm(ephemeral.DeriveKeyFromHash(_recipient, HashAlgorithmName.SHA256), 16);
        gcm.Encrypt(frame.AsSpan(64, 12), text, frame.AsSpan(Overhead), frame.AsSpan(76, 16), frame.AsSpan(..64));
        return frame;
    }

    /// <summary>Opens and verifies.</summary>
    /// <returns>The thread and the text to store.</returns>
    public (Guid Thread, byte[] Text) Open(byte[] frame)
    {
        using var ephemeral = ECDiffieHellman.Create(
            new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = frame[..32], Y = frame[32..64] } });
        using var gcm = new AesGcm(_own.DeriveKeyFromHash(ephemeral.PublicKey, HashAlgorithmName.SHA256), 16);
        var text = new byte[frame.Length - Overhead];
        gcm.Decrypt(frame.AsSpan(64, 12), frame.AsSpan(Overhead), frame.AsSpan(76, 16), text, frame.AsSpan(..64));
        if (!_verifier.VerifyData(text.AsSpan(..^SignatureLength), text.AsSpan(^SignatureLength..), HashAlgorithmName.SHA256))
            throw new CryptographicException("A bare message is not signed.");
        return (new Guid(text.AsSpan(..16)), text);
    }

    public Task Store(Guid thread, byte[] text) => _store.Store(thread, text);

    /// <summary>Returns when the broker has confirmed.</summary>
    public Task Publish(string queue, byte[] frame) => _channel.BasicPublishAsync("", queue, mandatory: true, Persistent, frame).AsTask();

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        _recipient.Dispose();
        foreach (var key in (AsymmetricAlgorithm[])[_signer, _verifier, _own, _other]) key.Dispose();
    }
}

/// <summary>The private keys of one side, imported once by each station.</summary>
internal sealed record BareKeys(ECParameters Signing, ECParameters Agreement)
{
    public static BareKeys Fresh()
    {
        using var signing = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var agreement = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return new(signing.ExportParameters(true), agreement.ExportParameters(true));
    }

    public static ECParameters PublicOf(ECParameters key) => new() { Curve = key.Curve, Q = key.Q };
}
