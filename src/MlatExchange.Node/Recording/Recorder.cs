using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Node.Recording;

/// <summary>
/// Turns a domain event into what is stored and what is logged: JSON under its pinned name, and the leaf's content in <c>headers.leaf</c>. Identifying values
/// are committed (HMAC under a fresh salt each); salts and values go to the vault under the case's key, so they end with it.
/// </summary>
public sealed class Recorder(Vault vault, RandomSource random)
{
    private readonly FrozenDictionary<string, Type> types = EventNames.Domain.ToFrozenDictionary(pair => pair.Value.Name, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>Reads an event back; null for a name this version does not know, which no state may depend on.</summary>
    public object? Read(StoredEvent stored) =>
        types.TryGetValue(stored.Type, out var type) ? JsonSerializer.Deserialize(stored.Data.Span, type, EventJson.Options) : null;

    /// <param name="keyId">Data key for the openings, such as <c>case-…</c>.</param>
    /// <param name="committed">Members to commit to: file number, actor and case pseudonym, thread, message digest, item references, condition values, counts below 10.</param>
    /// <param name="record">The record both sides share, where the event stands for a message that has one.</param>
    public (NewEvent Event, VaultEntry? Openings) Record(
        object domainEvent, Guid id, string keyId, ClearCodes? codes, IReadOnlyDictionary<string, string> committed, string? record = null)
    {
        var name = EventNames.Domain[domainEvent.GetType()];
        var salts = new Dictionary<string, byte[]>(committed.Count, StringComparer.Ordinal);
        var headers = Leaf(name.Operation, codes, committed, record, salts);
        var stored = new NewEvent(id, name.Name, JsonSerializer.SerializeToUtf8Bytes(domainEvent, domainEvent.GetType(), EventJson.Options), headers);
        return (stored, salts.Count == 0 ? null : vault.Seal($"openings/{id}", keyId, Openings(committed, salts)));
    }

    private ReadOnlyMemory<byte> Leaf(string operation, ClearCodes? codes, IReadOnlyDictionary<string, string> committed, string? record, Dictionary<string, byte[]> salts)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartObject("leaf");
        json.WriteString("op", operation);
        if (codes is not null)
        {
            json.WritePropertyName("clear");
            JsonSerializer.Serialize(json, codes, codes.GetType(), EventJson.Options);
        }
        if (committed.Count > 0)
        {
            json.WriteStartObject("commit");
            foreach (var (member, value) in committed)
            {
                var salt = salts[member] = new byte[Commitment.SaltLength];
                random(salt);
                json.WriteString(member, Base64Url.Encode(Commitment.Of(salt, member, value)));
            }
            json.WriteEndObject();
        }
        if (record is not null) json.WriteString("record", record);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static byte[] Openings(IReadOnlyDictionary<string, string> committed, Dictionary<string, byte[]> salts)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        foreach (var (member, value) in committed)
        {
            json.WriteStartObject(member);
            json.WriteString("salt", Base64Url.Encode(salts[member]));
            json.WriteString("value", value);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
