using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using MlatExchange.Benchmarks.Exchange;
using MlatExchange.Protocol.Envelope;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Verification;

namespace MlatExchange.Benchmarks.Functions;

/// <summary>A message as it comes from the bus, and the platform's own functions over the same bytes. One message of a case with one receipt's worth of proof.</summary>
public abstract class SealedSample
{
    private protected SealedSample()
    {
        var (trust, now) = (new LoadTrust(), DateTimeOffset.UtcNow);
        var core = new MessageCore(
            WireId.New(RandomNumberGenerator.Fill), LoadTrust.Entity("XA"), LoadTrust.Entity("XB"), DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()),
            WireId.New(RandomNumberGenerator.Fill), 1, null, null);
        var body = new MessageBody.Acknowledgement(new(WireId.New(RandomNumberGenerator.Fill), Digest.Of(RandomNumberGenerator.GetBytes(8))), "xa-prosecutor");
        Jws = CompactJws.Sign(body.Kind.Typ, MessagePayload.Write(core, body, [], null), trust.Keys["XA"].Message);
        LoggedOpening opening = new(Text32(), Text32());
        var logged = new LoggedProof(new string('x', 600), new(opening, opening), 100_000, [.. Enumerable.Range(0, 17).Select(_ => Text32())], new string('y', 300));
        Plaintext = new SealedEnvelope(Jws, [], [], [], logged).Write();
        var recipient = trust.Keys["XB"].Encryption;
        Jwe = CompactJwe.Seal(Plaintext, recipient.Public, SealedEnvelope.Type, SealedEnvelope.ContentType, RandomNumberGenerator.Fill);
        Facts = new(trust.Now, LoadTrust.Entity("XB"), new Dictionary<string, EcKey> { [recipient.Thumbprint] = recipient }, "XA", now);
        var dot = Jws.LastIndexOf('.');
        (SigningInput, Signature) = (Encoding.ASCII.GetBytes(Jws[..dot]), System.Buffers.Text.Base64Url.DecodeFromChars(Jws.AsSpan(dot + 1)));
        Verifier = ECDsa.Create(PointOf(trust.Keys["XA"].Message.Public));
    }

    private protected string Jws { get; }

    private protected string Jwe { get; }

    private protected byte[] Plaintext { get; }

    private protected OpeningFacts Facts { get; }

    private protected byte[] SigningInput { get; }

    private protected byte[] Signature { get; }

    private protected ECDsa Verifier { get; }

    private protected bool Verified() => Verifier.VerifyData(SigningInput, Signature, HashAlgorithmName.SHA256)
        ? true : throw new InvalidOperationException("The bare signature does not hold.");

    private protected static Opening Sound(Opening opening) =>
        opening is Opening.Opened ? opening : throw new InvalidOperationException($"The message is refused: {((Opening.Refused)opening).Failure}.");

    private static string Text32() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static ECParameters PointOf(EcPublicKey key)
    {
        using var jwk = System.Text.Json.JsonDocument.Parse(key.Jwk);
        byte[] Coordinate(string name) => System.Buffers.Text.Base64Url.DecodeFromChars(jwk.RootElement.GetProperty(name).GetString());
        return new() { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = Coordinate("x"), Y = Coordinate("y") } };
    }
}

/// <summary>Steps 5 to 10 of verification, from the decrypted envelope to a proven sender, beside the signature check alone.</summary>
[MemoryDiagnoser]
public class Steps5To10 : SealedSample
{
    [Benchmark(Baseline = true)]
    public bool VerifyData() => Verified();

    [Benchmark]
    public object Own() => Sound(OpenMessage.Open(SealedEnvelope.Read(Plaintext, out _).Envelope!, Facts));
}

/// <summary>Steps 1 to 10, from the bytes of the bus, beside ECDH with an ephemeral key that is imported fresh, AES-GCM and the signature check.</summary>
[MemoryDiagnoser]
public class Steps1To10 : SealedSample
{
    private readonly ECDiffieHellman _own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECParameters _ephemeral;
    private readonly byte[] _nonce = RandomNumberGenerator.GetBytes(12);
    private readonly byte[] _tag = new byte[16];
    private readonly byte[] _ciphertext;
    private readonly byte[] _opened;

    public Steps1To10()
    {
        (_ciphertext, _opened) = (new byte[Plaintext.Length], new byte[Plaintext.Length]);
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        _ephemeral = ephemeral.ExportParameters(false);
        using var gcm = new AesGcm(ephemeral.DeriveKeyFromHash(_own.PublicKey, HashAlgorithmName.SHA256), 16);
        gcm.Encrypt(_nonce, Plaintext, _ciphertext, _tag);
    }

    [Benchmark(Baseline = true)]
    public bool BareEcdhGcmVerifyData()
    {
        using var ephemeral = ECDiffieHellman.Create(_ephemeral);
        using var gcm = new AesGcm(_own.DeriveKeyFromHash(ephemeral.PublicKey, HashAlgorithmName.SHA256), 16);
        gcm.Decrypt(_nonce, _ciphertext, _tag, _opened);
        return Verified();
    }

    [Benchmark]
    public object Own() => Sound(OpenMessage.Run(Jwe, Facts));
}
