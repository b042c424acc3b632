using Drover;

return args switch
{
    ["server", .. var rest] => await ServerVerb.RunAsync(rest),
    ["agent", .. var rest] => await AgentVerb.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: drover server --data DIR --listen URL [--open]");
    Console.Error.WriteLine("       drover agent --url URL --token TOKEN");
    return 2;
}
