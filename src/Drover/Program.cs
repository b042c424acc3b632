using System.CommandLine;
using Drover;
using Drover.Cli;

var root = new RootCommand("Runs containers on your own hosts.");
foreach (var verb in CommandLine.Verbs(CliContext.OfProcess())) root.Add(verb);
root.Add(ServerVerb.Create());
root.Add(AgentVerb.Create());
root.Add(SimulateVerb.Create());

var parsed = root.Parse(args);
// What a signal interrupts is given the time to end in order, however long that takes; a second signal ends the process.
var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
