namespace MlatExchange.Protocol.Trust;

/// <summary>What a key is for. A key has one use; a trust list that names one key twice is refused.</summary>
public enum KeyUse
{
    /// <summary>An authority signs legal acts.</summary>
    Act,

    /// <summary>A node signs messages and receipts.</summary>
    Message,

    /// <summary>A node opens envelopes; lives at most 30 days.</summary>
    Encryption,

    /// <summary>A node signs checkpoints of its log.</summary>
    Log,

    /// <summary>An anchor signs trust lists.</summary>
    Trust,

    /// <summary>A node signs fetch tokens.</summary>
    Token,

    /// <summary>An authority opens its share of evidence; no node holds the private half.</summary>
    Evidence,
}

/// <summary>Who holds the private half of an act key. Verdicts print it: an administrator of the node can forge acts of keys in node custody.</summary>
public enum Custody
{
    /// <summary>The node's key store.</summary>
    Node,

    /// <summary>The authority itself.</summary>
    Authority,
}

/// <summary>Why an entity is suspended.</summary>
public enum SuspensionReason
{
    /// <summary>Its keys may be in other hands: nothing is accepted.</summary>
    Compromise,

    /// <summary>A legal ground: winding-up messages are still accepted (protocol section 3, step 12).</summary>
    Legal,
}
