using System.Globalization;
using MlatExchange.Benchmarks;

// <what> [rounds] [seconds of a round]: rates beside the bare way of doing the same, on the servers of the tests.
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
var seconds = args.Length > 2 ? double.Parse(args[2], CultureInfo.InvariantCulture) : 8;
switch (args.FirstOrDefault())
{
    case "append":
        await AppendRate.Run(rounds, seconds);
        return 0;
    case "leaves":
        await LeafRate.Run(rounds);
        return 0;
    default:
        Console.Error.WriteLine("append | leaves");
        return 2;
}
