namespace MlatExchange.Cli.Health;

/// <summary>Check digits of code systems: a number that is none of their codes, such as a patient's, seldom passes.</summary>
internal static class CheckDigit
{
    private static readonly byte[][] Permutations = Permuted();

    /// <summary>LOINC: digits, a hyphen, and the modulus 10 of the digits before it (LOINC Users' Guide, appendix C).</summary>
    internal static bool Mod10(string code)
    {
        var digits = code.AsSpan(0, code.IndexOf('-', StringComparison.Ordinal));
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 1 ? digit : digit < 5 ? digit * 2 : (digit * 2) - 9;
        }
        return (10 - (sum % 10)) % 10 == code[^1] - '0';
    }

    /// <summary>SNOMED CT: the last digit makes Verhoeff's sum zero (SNOMED CT Technical Implementation Guide, 5.3).</summary>
    internal static bool Verhoeff(string code)
    {
        var sum = 0;
        for (var i = 0; i < code.Length; i++)
        {
            sum = Dihedral(sum, Permutations[i % 8][code[^(i + 1)] - '0']);
        }
        return sum == 0;
    }

    // Multiplication in the dihedral group of order 10: rotations 0-4, reflections 5-9.
    private static int Dihedral(int a, int b) => (a < 5, b < 5) switch
    {
        (true, true) => (a + b) % 5,
        (true, false) => 5 + ((a + b - 5) % 5),
        (false, true) => 5 + ((a - 5 - b + 5) % 5),
        _ => (a - b + 5) % 5,
    };

    private static byte[][] Permuted()
    {
        byte[] once = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
        byte[] rows = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        var all = new byte[8][];
        for (var i = 0; i < 8; i++)
        {
            all[i] = rows;
            rows = [.. rows.Select(digit => once[digit])];
        }
        return all;
    }
}
