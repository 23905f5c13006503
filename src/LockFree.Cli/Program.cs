using LockFree.Cli.Commands;

return await LockFreeCommand.RunAsync(args, CommandContext.OfProcess());
