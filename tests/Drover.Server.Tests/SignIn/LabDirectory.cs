namespace Drover.Server.Tests.SignIn;

/// <summary>What every directory of the tests holds, as LDIF (RFC 2849): the service account, and the units of people and groups.</summary>
internal static class LabDirectory
{
    public const string Frame = """
        dn: cn=service,dc=lab,dc=test
        objectClass: organizationalRole
        objectClass: simpleSecurityObject
        cn: service
        userPassword: service-secret

        dn: ou=people,dc=lab,dc=test
        objectClass: organizationalUnit
        ou: people

        dn: ou=groups,dc=lab,dc=test
        objectClass: organizationalUnit
        ou: groups


        """;
}
