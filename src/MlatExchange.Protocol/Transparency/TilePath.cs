using System.Globalization;

namespace MlatExchange.Protocol.Transparency;

/// <summary>The path grammar shared by tiles and entry bundles (C2SP tlog-tiles): <c>tile/&lt;kind&gt;/&lt;N&gt;[.p/&lt;W&gt;]</c>, N in groups of three digits.</summary>
internal static class TilePath
{
    internal static string Format(string kind, long index, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, Tile.FullWidth);
        var path = Group(index % 1000);
        for (index /= 1000; index > 0; index /= 1000)
        {
            path = $"x{Group(index % 1000)}/{path}";
        }
        return width == Tile.FullWidth ? $"tile/{kind}/{path}" : string.Create(CultureInfo.InvariantCulture, $"tile/{kind}/{path}.p/{width}");
    }

    internal static bool TryParse(string path, out string kind, out long index, out int width)
    {
        (kind, index, width) = ("", 0, 0);
        var slash = path.StartsWith("tile/", StringComparison.Ordinal) ? path.IndexOf('/', 5) : -1;
        if (slash < 0 || path.Length > 80)
        {
            return false;
        }
        kind = path[5..slash];
        var (number, partial) = path[(slash + 1)..].Split(".p/") switch
        {
            [var n] => (n, "256"),
            [var n, var w] => (n, w),
            _ => ("", ""),
        };
        var digits = number.Replace("x", "", StringComparison.Ordinal).Replace("/", "", StringComparison.Ordinal);
        // Writing it again and comparing refuses leading zeros, missing groups, signs and every other second spelling.
        return digits.Length is >= 3 and <= 18
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && int.TryParse(partial, NumberStyles.None, CultureInfo.InvariantCulture, out width)
            && width is >= 1 and <= Tile.FullWidth
            && Format(kind, index, width) == path;
    }

    private static string Group(long part) => part.ToString("D3", CultureInfo.InvariantCulture);
}
