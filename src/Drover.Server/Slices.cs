namespace Drover.Server;

/// <summary>The one list of what the server is made of; a slice registers its pieces, routes and background work.</summary>
internal static class Slices
{
    public static void Register(ServerParts parts)
    {
        Settings.SettingsSlice.Register(parts);
        Audit.AuditSlice.Register(parts);
        Environments.EnvironmentsSlice.Register(parts);
        Registries.RegistriesSlice.Register(parts);
        parts.Pieces.Add(new Certificates.CertificateRules()).Add(new Secrets.SecretRules());
        Credentials.CredentialsSlice.Register(parts);
        SignIn.SignInSlice.Register(parts);
        Agents.AgentsSlice.Register(parts);
        Networks.NetworksSlice.Register(parts);
        Projections.ProjectionsSlice.Register(parts);
        Metadata.MetadataSlice.Register(parts);
        var orchestrator = new Orchestrator(parts);
        orchestrator.Register();
        Streams.StreamsSlice.Register(parts, orchestrator.Sessions, orchestrator.Streams);
        parts.Pieces.Add(new Events.ExternalDnsRule());
        Proxies.ProxiesSlice.Register(parts);
        Processes.ProcessesSlice.Register(parts, orchestrator);
    }
}
