namespace MlatExchange.Scenarios;

/// <summary>Looks through files byte by byte, whatever wrote them and whether or not it still uses them.</summary>
public static class FilesOnDisk
{
    /// <param name="look">Given a path and a part of the file's bytes; parts overlap, so that nothing lies across two of them unseen.</param>
    public static void Search(IEnumerable<string> files, Action<string, ReadOnlySpan<byte>> look)
    {
        const int Part = 8 << 20, Overlap = 4096;
        var buffer = new byte[Part + Overlap];
        foreach (var file in files)
        {
            try
            {
                if (new FileInfo(file).Length == 0) continue; // the runtime's pipes and sockets too, whose opening would wait for ever
                using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                for (long at = 0; RandomAccess.Read(handle, buffer, at) is > 0 and var read; at += Part)
                    look(file, buffer.AsSpan(0, read));
            }
            catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
            {
                // removed by its server meanwhile
            }
        }
    }
}
