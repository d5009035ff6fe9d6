namespace MlatExchange.Specs.Oversight.Statistics;

/// <summary>A small solver: the least and greatest value that a variable can have under equations over variables that are not negative. Two-phase simplex, Bland's rule.</summary>
internal sealed class LinearProgram
{
    private const double Tiny = 1e-7;
    private readonly List<(Dictionary<string, double> Terms, double Value)> equations = [];
    private readonly Dictionary<string, int> variables = new(StringComparer.Ordinal);

    /// <summary>The sum of these terms is <paramref name="value"/>.</summary>
    public void Equal(double value, params IEnumerable<(string Variable, double Factor)> terms)
    {
        var row = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (variable, factor) in terms)
        {
            variables.TryAdd(variable, variables.Count);
            row[variable] = row.GetValueOrDefault(variable) + factor;
        }
        equations.Add((row, value));
    }

    /// <summary>Least and greatest value; the latter infinite where nothing bounds it.</summary>
    public (double Least, double Greatest) Range(string variable) => (-Greatest(variable, -1), Greatest(variable, 1));

    private double Greatest(string variable, double sign)
    {
        var (rows, n) = (equations.Count, variables.Count);
        var table = new double[rows + 1, n + rows + 1];
        var basis = new int[rows];
        for (var r = 0; r < rows; r++)
        {
            var turn = equations[r].Value < 0 ? -1 : 1;
            foreach (var (name, factor) in equations[r].Terms) table[r, variables[name]] = turn * factor;
            table[r, n + r] = 1;
            table[r, n + rows] = turn * equations[r].Value;
            basis[r] = n + r;
            for (var c = 0; c <= n + rows; c++) if (c < n || c == n + rows) table[rows, c] -= table[r, c];
        }
        Run(table, basis, rows, n + rows, n + rows);
        if (table[rows, n + rows] < -1e-5) throw new InvalidOperationException("Nothing fits what was published.");
        // Artificial variables that are left at zero go out, or their row says nothing.
        for (var r = 0; r < rows; r++)
        {
            if (basis[r] < n) continue;
            for (var c = 0; c < n; c++)
            {
                if (Math.Abs(table[r, c]) <= Tiny) continue;
                Pivot(table, basis, rows, n + rows, r, c);
                break;
            }
        }
        for (var c = 0; c <= n + rows; c++) table[rows, c] = c == variables[variable] ? -sign : 0;
        for (var r = 0; r < rows; r++)
        {
            if (basis[r] != variables[variable]) continue;
            for (var c = 0; c <= n + rows; c++) table[rows, c] += sign * table[r, c];
        }
        return Run(table, basis, rows, n, n + rows) ? table[rows, n + rows] : double.PositiveInfinity;
    }

    // False when nothing bounds it.
    private static bool Run(double[,] table, int[] basis, int rows, int columns, int last)
    {
        while (true)
        {
            var enter = Enumerable.Range(0, columns).FirstOrDefault(c => table[rows, c] < -Tiny, -1);
            if (enter < 0) return true;
            var leave = -1;
            for (var r = 0; r < rows; r++)
            {
                if (table[r, enter] <= Tiny) continue;
                var ratio = table[r, last] / table[r, enter];
                var best = leave < 0 ? double.MaxValue : table[leave, last] / table[leave, enter];
                if (ratio < best - 1e-9 || (ratio <= best + 1e-9 && (leave < 0 || basis[r] < basis[leave]))) leave = r;
            }
            if (leave < 0) return false;
            Pivot(table, basis, rows, last, leave, enter);
        }
    }

    private static void Pivot(double[,] table, int[] basis, int rows, int last, int row, int column)
    {
        var by = table[row, column];
        for (var c = 0; c <= last; c++) table[row, c] /= by;
        for (var r = 0; r <= rows; r++)
        {
            var factor = table[r, column];
            if (r == row || factor == 0) continue;
            for (var c = 0; c <= last; c++) table[r, c] -= factor * table[row, c];
        }
        basis[row] = column;
    }
}
