using System.Globalization;

namespace MlatExchange.Scenarios;

/// <summary>The memory of a process of this machine: every region that it may read itself, heap, stacks and buffers alike. Linux only, for root or the process's own parent.</summary>
public static class ProcessMemory
{
    /// <summary>Looks through all of it.</summary>
    /// <param name="look">Given a region's name, its address and a part of its bytes; parts overlap by 4 KiB, so that nothing lies across two of them unseen.</param>
    public static void Search(int process, Action<string, long, ReadOnlySpan<byte>> look)
    {
        const int Part = 16 << 20, Overlap = 4096;
        var buffer = new byte[Part + Overlap];
        using var memory = File.OpenHandle($"/proc/{process}/mem");
        foreach (var line in File.ReadLines($"/proc/{process}/maps"))
        {
            var words = line.Split(' ', 6, StringSplitOptions.TrimEntries);
            // A file's pages that the process may not write are that file, such as a library's code.
            if (words[1][0] != 'r' || (words[5].StartsWith('/') && words[1][1] != 'w') || words[5] is "[vvar]" or "[vsyscall]" or "[vvar_vclock]") continue;
            var ends = words[0].Split('-');
            var (from, to) = (long.Parse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), Convert.ToInt64(ends[1], 16));
            for (var at = from; at < to; at += Part)
            {
                var length = (int)Math.Min(to - at, Part + Overlap);
                try
                {
                    var read = RandomAccess.Read(memory, buffer.AsSpan(0, length), at);
                    look(words[5], at, buffer.AsSpan(0, read));
                }
                catch (IOException)
                {
                    // given back by the process just now
                }
            }
        }
    }
}
