using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Messages;

/// <summary>A disclosed value and where it belongs.</summary>
/// <param name="JsonPointer">JSON pointer of the object whose <c>_sd</c> names it, such as <c>/selectors</c>.</param>
/// <param name="Name">Name of the value in that object.</param>
/// <param name="Text">The disclosure, character for character.</param>
public sealed record Disclosed(string JsonPointer, string Name, JsonElement Value, string Text);

/// <summary>
/// Selective disclosure (RFC 9901, SD-JWT): a signed payload holds only digests; the values travel beside it, to whom they must be shown.
/// Decoys hide how many values there are.
/// </summary>
public static class Disclosures
{
    /// <summary>Bytes of salt, fresh for every value: without it a digest of a telephone number could be found by trying all numbers.</summary>
    public const int SaltSize = 16;

    /// <summary>Most values in one object.</summary>
    public const int MostValues = 256;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes the digests of named values, with decoys up to 4, 8, 16, 32 (64, 128, 256), sorted so that order says nothing, and the disclosures in the order given.</summary>
    /// <exception cref="ArgumentException">More than 256 values, or a name twice.</exception>
    public static (Selective Digests, IReadOnlyList<string> Texts) Make(RandomSource random, IReadOnlyCollection<KeyValuePair<string, JsonElement>> values)
    {
        if (values.Count > MostValues || values.Select(value => value.Key).Distinct(StringComparer.Ordinal).Count() != values.Count)
            throw new ArgumentException("at most 256 values, each name once", nameof(values));
        var texts = values.Select(value => Encode(random, value.Key, value.Value)).ToList();
        var digests = texts.ConvertAll(DigestOf);
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, values.Count));
        var decoy = new byte[32];
        while (digests.Count < size)
        {
            random(decoy);
            digests.Add(Base64Url.Encode(SHA256.HashData(decoy)));
        }

        digests.Sort(StringComparer.Ordinal);
        return (new Selective(digests), texts);
    }

    /// <summary>The same for one text.</summary>
    public static (Selective Digests, IReadOnlyList<string> Texts) Make(RandomSource random, string name, string text) =>
        Make(random, [new(name, JsonSerializer.SerializeToElement(text))]);

    /// <summary>The digest of a disclosure: SHA-256 over its ASCII characters, so no canonical form is needed.</summary>
    public static string DigestOf(string disclosure) => Base64Url.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(disclosure)));

    /// <summary>Resolves disclosures against the payloads that travel in the same envelope.</summary>
    /// <param name="payloads">Payloads whose shapes were checked: the message's, then its acts' in order.</param>
    /// <param name="disclosures">The envelope's <c>disclosures</c>.</param>
    /// <param name="disclosed">For each payload, the values disclosed.</param>
    /// <returns>Null, or the first fault: a digest or disclosure twice, one that no payload names, a nested one, or one whose name stands there in clear.</returns>
    public static Fault? Resolve(
        IReadOnlyList<JsonElement> payloads, IReadOnlyList<string> disclosures, out IReadOnlyList<IReadOnlyList<Disclosed>> disclosed)
    {
        var found = payloads.Select(_ => new List<Disclosed>()).ToArray();
        disclosed = found;
        var named = new Dictionary<string, (int Payload, string Pointer, JsonElement Holder)>(StringComparer.Ordinal);
        for (var i = 0; i < payloads.Count; i++)
        {
            if (Collect(payloads[i], i, "", named) is { } fault)
                return fault;
        }

        for (var i = 0; i < disclosures.Count; i++)
        {
            var pointer = $"/disclosures/{i}";
            if (!TryDecode(disclosures[i], out var name, out var value))
                return new Fault(pointer, "disclosure-form", "base64url of [salt of 16 bytes, name, value]");
            if (!named.Remove(DigestOf(disclosures[i]), out var place))
                return new Fault(pointer, "disclosure-unnamed", "a digest in a payload, once");
            if (HasNested(value))
                return new Fault(pointer, "disclosure-nested", "a value without _sd");
            if (place.Holder.TryGetProperty(name, out _) || name is "_sd" or "...")
                return new Fault(pointer, "disclosure-clear-too", "a name that does not stand in clear");
            if (found[place.Payload].Exists(other => other.JsonPointer == place.Pointer && other.Name == name))
                return new Fault(pointer, "disclosure-repeated", "each name once");
            found[place.Payload].Add(new Disclosed(place.Pointer, name, value, disclosures[i]));
        }

        return null;
    }

    private static Fault? Collect(JsonElement value, int payload, string pointer, Dictionary<string, (int, string, JsonElement)> named)
    {
        // Shapes admit _sd only in objects that are members of the payload itself.
        foreach (var member in value.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Object || !member.Value.TryGetProperty("_sd", out var digests))
                continue;
            var at = $"{pointer}/{member.Name}";
            if (!BitOperations.IsPow2(digests.GetArrayLength()))
                return new Fault(at + "/_sd", "wrong-length", "a power of two of digests, from 4 to 256");
            foreach (var digest in digests.EnumerateArray())
            {
                if (!named.TryAdd(digest.GetString()!, (payload, at, member.Value)))
                    return new Fault(at + "/_sd", "disclosure-repeated", "each digest once");
            }
        }

        return null;
    }

    private static string Encode(RandomSource random, string name, JsonElement value)
    {
        Span<byte> salt = stackalloc byte[SaltSize];
        random(salt);
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(Base64Url.Encode(salt));
            writer.WriteStringValue(name);
            value.WriteTo(writer);
            writer.WriteEndArray();
        }

        return Base64Url.Encode(buffer.WrittenSpan);
    }

    private static bool TryDecode(string text, out string name, out JsonElement value)
    {
        (name, value) = ("", default);
        if (!Base64Url.TryDecode(text, out var bytes) || !StrictJson.TryParse(bytes, out var document, out _))
            return false;
        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() != 3
                || root[0].ValueKind != JsonValueKind.String || !Base64Url.IsExact(root[0].GetString(), SaltSize)
                || root[1].ValueKind != JsonValueKind.String)
                return false;
            (name, value) = (root[1].GetString()!, root[2].Clone());
            return true;
        }
    }

    private static bool HasNested(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(member => member.Name is "_sd" or "..." || HasNested(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(HasNested),
        _ => false,
    };
}
