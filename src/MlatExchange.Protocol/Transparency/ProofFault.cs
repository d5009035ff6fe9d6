namespace MlatExchange.Protocol.Transparency;

/// <summary>The first thing that is wrong with a proof of being logged, in the order in which it is checked.</summary>
public enum ProofFault
{
    /// <summary>A node hash, a salt or a number is not of its form.</summary>
    Form,

    /// <summary>The checkpoint is not a note of this log, or its key did not sign it.</summary>
    Checkpoint,

    /// <summary>The nodes do not lead from the leaf to the checkpoint's root.</summary>
    Inclusion,

    /// <summary>The leaf is proven, but it is not a leaf of this protocol.</summary>
    Leaf,

    /// <summary>An opening does not open the leaf's commitment.</summary>
    Opening,
}
