using System.Globalization;

namespace MlatExchange.Benchmarks;

/// <summary>Options of a command as they stand on the command line: <c>--name value</c>.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">An option that the command does not have, or a value that is no number above zero.</exception>
    public Options(ReadOnlySpan<string> arguments, params string[] known)
    {
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var name = arguments[i];
            if (!known.Contains(name))
                throw new ArgumentException($"{name} is not an option here; there are {string.Join(", ", known)}.");
            if (i + 1 == arguments.Length || !double.TryParse(arguments[i + 1], CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value) || value <= 0)
                throw new ArgumentException($"{name} needs a number above zero.");
            _values[name] = value;
        }
    }

    public double Number(string name, double otherwise) => _values.GetValueOrDefault(name, otherwise);

    public int Whole(string name, int otherwise) => Math.Max(1, (int)Number(name, otherwise));
}
