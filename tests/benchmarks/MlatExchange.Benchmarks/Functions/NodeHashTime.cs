using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Benchmarks.Functions;

/// <summary>The inner nodes over 1024 hashes, beside SHA-256 over the same 65 bytes as often.</summary>
[MemoryDiagnoser]
public class NodeHashTime
{
    private const int Pairs = 512;
    private readonly TreeHash[] _hashes = [.. Enumerable.Range(0, 2 * Pairs).Select(_ => TreeHash.From(RandomNumberGenerator.GetBytes(TreeHash.Length)))];
    private readonly byte[] _input = RandomNumberGenerator.GetBytes(1 + (2 * TreeHash.Length));
    private readonly byte[] _output = new byte[TreeHash.Length];

    [Benchmark(Baseline = true, OperationsPerInvoke = Pairs)]
    public byte[] HashData()
    {
        for (var i = 0; i < Pairs; i++) SHA256.HashData(_input, _output);
        return _output;
    }

    [Benchmark(OperationsPerInvoke = Pairs)]
    public TreeHash Own()
    {
        TreeHash last = default;
        for (var i = 0; i < _hashes.Length; i += 2) last = Rfc6962.Node(_hashes[i], _hashes[i + 1]);
        return last;
    }
}
