namespace MlatExchange.Node.Storage;

/// <summary>A sealed value on its way to <c>vault.entries</c>. A reader of the table learns the reference, the key's id and the length.</summary>
/// <param name="Reference">Unique name, for example <c>openings/&lt;event id&gt;</c>; bound to the ciphertext as associated data.</param>
/// <param name="KeyId">Data key in the key store: <c>case-…</c>, <c>transfer-…</c>, <c>day-…</c>, <c>thread-…</c>.</param>
/// <param name="Ciphertext">Layout byte, key instance (8 bytes), nonce (12), AES-256-GCM ciphertext, tag (16).</param>
public sealed record VaultEntry(string Reference, string KeyId, byte[] Ciphertext);
