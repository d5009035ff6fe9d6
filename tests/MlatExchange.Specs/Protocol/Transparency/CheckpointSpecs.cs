using System.Security.Cryptography;
using System.Text;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Specs.Protocol.Transparency;

public class CheckpointSpecs
{
    private const string Origin = "node.xa.example/log/2026";
    private static readonly LogSigner Signer = new(Origin, EcKey.Generate(RandomNumberGenerator.Fill));
    private static readonly LogKey Key = Signer.Key;
    private static readonly Checkpoint Head = new(Origin, 20_852_163, TreeHash.From(Convert.FromBase64String("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")));

    [Fact]
    public void A_signed_checkpoint_is_the_note_of_the_format_and_verifies()
    {
        var note = Head.Sign(Signer).ToString();
        Assert.StartsWith($"{Origin}\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— {Origin} ", note, StringComparison.Ordinal);
        Assert.Equal(Head, Checkpoint.Verify(SignedNote.Parse(Encoding.UTF8.GetBytes(note)), Key));
    }

    [Fact]
    public void The_key_id_is_the_start_of_the_hash_of_the_public_key_and_the_signature_is_der()
    {
        var key = EcKey.Generate(RandomNumberGenerator.Fill);
        Assert.True(Base64Url.TryDecode(key.Public.X, out var x) & Base64Url.TryDecode(key.Public.Y, out var y));
        using var platform = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = x, Y = y } });
        var signer = new LogSigner(Origin, key);
        // Integers of r and s have 31, 32 or 33 bytes; fifty signatures meet the short and the long ones.
        for (var i = 0; i < 50; i++)
        {
            var head = Head with { Size = i };
            var line = Assert.Single(head.Sign(signer).Signatures);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(platform.ExportSubjectPublicKeyInfo()))[..8], line.KeyId.ToString("x8", null));
            Assert.True(platform.VerifyData(Encoding.UTF8.GetBytes(head.Text), line.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
            Assert.Equal(head, Checkpoint.Verify(head.Sign(signer), signer.Key));
        }
    }

    [Fact]
    public void Only_the_one_der_spelling_of_a_signature_is_taken()
    {
        var note = Head.Sign(Signer);
        var der = note.Signatures[0].Signature;
        byte[][] others = [[.. der, 0], der[..^1], [0x30, 0x81, .. der[1..]], [0x30, (byte)(der[1] + 1), 0x02, (byte)(der[3] + 1), 0, .. der[4..]], []];
        Assert.All(others, other => Assert.Null(Checkpoint.Verify(SignedNote.Of(note.Text, new NoteSignature(Origin, Key.Id, other)), Key)));
    }

    [Fact]
    public void Lines_of_unknown_keys_are_ignored_but_a_false_line_of_the_known_key_is_not()
    {
        var other = EcKey.Generate(RandomNumberGenerator.Fill);
        var witness = new LogSigner("witness.example", other);
        var note = Head.Sign(Signer);
        Assert.Equal(Head, Checkpoint.Verify(note.With(witness.Sign(note.SignedBytes())), Key));
        Assert.Null(Checkpoint.Verify(note.With(new(Origin, Key.Id, witness.Sign(note.SignedBytes()).Signature)), Key));
        Assert.Null(Checkpoint.Verify(note, new LogKey(Origin, other.Public)));
        Assert.Null(Checkpoint.Verify(SignedNote.Of(Head.Text), Key));
    }

    [Fact]
    public void A_key_of_one_log_proves_nothing_about_another()
    {
        var renamed = Head with { Origin = "node.xb.example/log/2026" };
        Assert.Throws<ArgumentException>(() => renamed.Sign(Signer));
        var text = Encoding.UTF8.GetBytes(renamed.Text);
        Assert.Null(Checkpoint.Verify(SignedNote.Of(renamed.Text, Signer.Sign(text)), Key));
        Assert.Throws<ArgumentException>(() => new LogSigner("no spaces", EcKey.Generate(RandomNumberGenerator.Fill)));
    }

    [Fact]
    public void One_changed_character_anywhere_is_refused()
    {
        var note = Head.Sign(Signer).ToString();
        for (var at = 0; at < note.Length; at++)
        {
            var changed = note.Remove(at, 1).Insert(at, note[at] == 'A' ? "B" : "A");
            Assert.True(Checkpoint.Verify(SignedNote.Parse(changed), Key) is null, $"changed at {at}");
        }
    }

    [Theory]
    [InlineData("log.example/1\n007\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("log.example/1\n+7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("log.example/1\n-7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("log.example/1\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n")]
    [InlineData("log.example/1\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n")]
    [InlineData("log.example/1\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==\n")]
    [InlineData("log.example/1\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nextension\n")]
    [InlineData("log.example/1\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("log.example/1\n7\n")]
    public void Text_that_is_nearly_a_checkpoint_is_refused(string text) => Assert.Null(Checkpoint.Read(text));

    [Theory]
    [InlineData("text\n\n— name AAAAAAA=\n", true)]
    [InlineData("text\n\nwith an empty line\n\n— name AAAAAAA=\n", true)]
    [InlineData("text\n\n— name AAAAAAA=", false)]
    [InlineData("text\n— name AAAAAAA=\n", false)]
    [InlineData("text\n\n- name AAAAAAA=\n", false)]
    [InlineData("text\n\n— na me AAAAAAA=\n", false)]
    [InlineData("text\n\n— na+me AAAAAAA=\n", false)]
    [InlineData("text\n\n—  AAAAAAA=\n", false)]
    [InlineData("text\n\n— name AAAAAA==\n", false)]
    [InlineData("text\n\n— name AAAAAAA=\n\n", false)]
    [InlineData("te\rxt\n\n— name AAAAAAA=\n", false)]
    [InlineData("text\n\n", false)]
    public void Only_a_note_is_read_as_a_note(string text, bool isNote)
    {
        var note = SignedNote.Parse(text);
        Assert.Equal(isNote, note is not null);
        Assert.Equal(isNote ? text : null, note?.ToString());
        Assert.Null(SignedNote.Parse([.. Encoding.UTF8.GetBytes(text), 0xff]));
    }
}
