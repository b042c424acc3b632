using Drover.Model.Kernel;
using Drover.Server.Api.Seams;

namespace Drover.Server.Tests.Api;

/// <summary>What has no rule does not answer: every route, action, view and piece is declared somewhere.</summary>
public sealed class RuleTableTests : ApiTest
{
    /// <summary>Actions that the contract declares and nothing runs yet: they are in schemas and on no object. The list may only shrink.</summary>
    private static readonly HashSet<string> NotRun =
    [
        "container.allocate", "container.deallocate", "container.updatehealthy", "container.updateunhealthy", "container.updatereinitializing",
        "instance.allocate", "instance.deallocate", "instance.updatehealthy", "instance.updateunhealthy", "instance.updatereinitializing",
        "volume.allocate", "volume.deallocate",
        "composeService.certificate",
        "container.console",
        "dnsService.certificate",
        "externalService.certificate",
        "haConfig.createscript",
        "host.delete", "host.evacuate", "host.upgrade",
        "instance.console",
        "kubernetesService.certificate",
        "loadBalancerService.certificate",
        "networkDriverService.certificate",
        "project.defaultNetworkId", "project.delete",
        "register.stop",
        "service.certificate",
        "snapshot.backup",
        "storageDriverService.certificate",
        "virtualMachine.logs", "virtualMachine.allocate", "virtualMachine.deallocate", "virtualMachine.updatehealthy", "virtualMachine.updateunhealthy", "virtualMachine.updatereinitializing", "virtualMachine.forget", "virtualMachine.console", "virtualMachine.execute", "virtualMachine.proxy",
        "volume.snapshot",
    ];

    [Fact]
    public void Every_action_that_a_piece_answers_is_declared_with_its_roles()
    {
        foreach (var piece in Api.Server.Parts.Pieces.All)
        {
            if (piece is IKindAction action)
                KindsOf(piece).ShouldAllBe(k => k.Actions.Any(a => a.Name == action.Action) || k.Lifecycle!.Declares(action.Action), $"{piece.Kind}.{action.Action} has no rule");
            if (piece is IProcessRule process)
                KindsOf(piece).ShouldAllBe(k => k.Lifecycle != null && k.Lifecycle.Declares(process.Action), $"{piece.Kind}.{process.Action} is in no life cycle");
            if (piece is IViewField view)
                KindsOf(piece).ShouldAllBe(k => k.Find(view.Field) != null, $"{piece.Kind}.{view.Field} is no declared field");
        }
    }

    [Fact]
    public void Every_declared_action_is_run_by_something_or_listed()
    {
        var pieces = Api.Server.Parts.Pieces;
        var idle = Catalog.All.Kinds
            .SelectMany(k => k.Actions.Select(a => (Kind: k, a.Name)))
            .Where(a => a.Kind.Lifecycle?.Declares(a.Name) != true && pieces.FindAction(a.Kind, a.Name) is null)
            .Select(a => $"{a.Kind.Name}.{a.Name}")
            .ToHashSet();

        idle.Except(NotRun).ShouldBeEmpty();
        NotRun.Except(idle).ShouldBeEmpty();
    }

    [Fact]
    public void Every_piece_belongs_to_a_kind_or_family()
        => Api.Server.Parts.Pieces.All.ShouldAllBe(piece => KindsOf(piece).Any());

    [Fact]
    public void Every_route_outside_of_the_resource_api_has_one_rule_and_those_for_anyone_are_few()
    {
        var routes = Api.Server.Parts.Routes;

        routes.Select(r => r.Path).ShouldBeUnique();
        routes.Where(r => r.Rule == RouteRule.Anyone).Select(r => r.Path).Order(StringComparer.Ordinal).ShouldBe(
        [
            "/api-ui/", "/healthcheck", "/ping", "/recover", "/recover/page.js", "/setup", "/setup/page.css", "/setup/page.js",
            "/v1-auth/oidc/callback", "/v1-auth/oidc/login", "/v1-auth/redirectUrl", "/v1-auth/saml/acs", "/v1-auth/saml/finish", "/v1-auth/saml/login", "/v1-auth/saml/logout", "/v1-auth/saml/metadata", "/v1-auth/saml/slo", "/v1-auth/saml/tokenhtml",
            "/v1/agent/download/", "/v1/agent/register", "/v1/agent/session", "/v1/ping", "/v1/scripts/", "/v1/scripts/api.crt", "/v2-beta/scripts/", "/v2-beta/scripts/api.crt",
        ]);
    }

    [Fact]
    public void Every_kind_gives_its_rights_role_by_role_and_readers_never_write()
    {
        foreach (var kind in Catalog.All.Kinds.Where(k => k.Name != "subscribe"))
        {
            kind.MethodsOf(Roles.ReadOnly).ShouldBeOneOf("", "r");
            kind.MethodsOf(Roles.ReadAdmin).ShouldBeOneOf("", "r");
            foreach (var field in kind.Fields)
                (field.Access.Of(Roles.ReadOnly) & (Access.Create | Access.Update)).ShouldBe(Access.None, $"{kind.Name}.{field.Name}");
        }
    }

    private static IEnumerable<Kind> KindsOf(IKindPiece piece)
        => Catalog.All.Kinds.Where(k => k.Name == piece.Kind || k.Family == piece.Kind);
}
