return await MlatExchange.Cli.Mlat.Run(args, MlatExchange.Cli.Workplace.Real);
