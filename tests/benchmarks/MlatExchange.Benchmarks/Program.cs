using MlatExchange.Benchmarks;
using MlatExchange.Benchmarks.Drivers;
using MlatExchange.Benchmarks.Exchange;
using MlatExchange.Benchmarks.Functions;
using MlatExchange.Benchmarks.Oversight;

try
{
    switch (args)
    {
        case ["functions", .. var rest]:
            FunctionTimes.Run(rest);
            return 0;
        case ["assessments"]:
            FunctionTimes.RunCorpus();
            return 0;
        case ["exchange", .. var rest]:
            await ExchangeLoad.Run(new(rest, "--seconds", "--rounds", "--alone", "--in-flight", "--warm-up"));
            return 0;
        case ["append", .. var rest]:
            await AppendRate.Run(new(rest, "--writers", "--seconds", "--rounds", "--warm-up"));
            return 0;
        case ["drivers", .. var rest]:
            await DriverRates.Run(new(rest, "--writers", "--seconds", "--rounds"));
            return 0;
        case ["leaves", .. var rest]:
            await LeafRate.Run(new Options(rest, "--rounds").Whole("--rounds", 5));
            return 0;
        case ["oversight", .. var rest]:
            await OversightTimes.Run(new(rest, "--records", "--repeats", "--export"));
            return 0;
        default:
            Console.Error.WriteLine("functions | assessments | exchange | append | drivers | leaves | oversight (see tests/benchmarks/README.md)");
            return 2;
    }
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}
