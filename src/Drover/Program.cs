using Drover;

return args switch
{
    ["server", .. var rest] => await ServerVerb.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: drover server --data DIR --listen URL [--open]");
    return 2;
}
