using System.Collections.Immutable;
using System.Xml;

namespace Drover.Server.SignIn.Saml;

/// <summary>What an answer must fit.</summary>
/// <param name="Provider">The identity provider.</param>
/// <param name="EntityId">This server's name there: the audience.</param>
/// <param name="Consumer">The address that the answer was sent to.</param>
/// <param name="PrivateKey">Opens encrypted assertions; null where there is none.</param>
/// <param name="Now">The time.</param>
public sealed record SamlExpectation(SamlMetadata Provider, string EntityId, string Consumer, string? PrivateKey, DateTimeOffset Now)
{
    /// <summary>How far clocks may differ.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);
}

/// <summary>What an identity provider asserted.</summary>
/// <param name="Id">The assertion; it is good for once.</param>
/// <param name="InResponseTo">The request that it answers.</param>
/// <param name="End">After this it is good for nothing.</param>
/// <param name="Attributes">The values of each attribute, by its name and by its friendly name.</param>
public sealed record SamlAssertion(string Id, string InResponseTo, DateTimeOffset End, ImmutableDictionary<string, ImmutableArray<string>> Attributes)
{
    /// <summary>What the identity provider calls the person and its session; null where it does not say.</summary>
    public SamlSubject? Subject { get; init; }
}

/// <summary>
/// Reads an answer of an identity provider (SAML 2.0 Web Browser SSO, with the advice of its errata on wrapping): what is read is the very
/// element whose signature was checked, and there is no other assertion in the document that it could be mistaken for.
/// </summary>
public static class SamlResponse
{
    /// <summary>The assertion of an answer. Throws <see cref="SamlException"/> for one that does not fit in any way.</summary>
    public static SamlAssertion Read(byte[] xml, SamlExpectation expected)
    {
        var document = SamlXml.Read(xml);
        if (document.DocumentElement is not { LocalName: "Response", NamespaceURI: SamlXml.Protocol } response) throw new SamlException("it is no Response");
        CheckIds(document);
        var isResponseSigned = SamlSignatures.IsSigned(response, expected.Provider.Certificates);
        CheckResponse(response, expected);
        var assertion = AssertionOf(document, response, expected, out var wasEncrypted);
        // An assertion that came encrypted stands in a document of its own; the answer's signature was over its cipher text.
        if (!SamlSignatures.IsSigned(assertion, expected.Provider.Certificates) && !isResponseSigned) throw new SamlException("neither the answer nor its assertion is signed");
        if (!wasEncrypted && assertion.ParentNode != response) throw new SamlException("the assertion is not the answer's own");
        return Read(assertion, response, expected);
    }

    private static XmlElement AssertionOf(XmlDocument document, XmlElement response, SamlExpectation expected, out bool wasEncrypted)
    {
        var (open, closed) = (document.All("Assertion", SamlXml.Assertion), document.All("EncryptedAssertion", SamlXml.Assertion));
        if (open.Count + closed.Count != 1) throw new SamlException($"it holds {open.Count + closed.Count} assertions and not one");
        wasEncrypted = closed.Count == 1;
        if (!wasEncrypted) return open[0];
        if (closed[0].ParentNode != response) throw new SamlException("the assertion is not the answer's own");
        var inside = SamlDecryption.Open(closed[0], expected.PrivateKey);
        CheckIds(inside);
        return inside.DocumentElement is { LocalName: "Assertion", NamespaceURI: SamlXml.Assertion } assertion && inside.All("Assertion", SamlXml.Assertion).Count == 1
            ? assertion
            : throw new SamlException("what was encrypted is not one assertion");
    }

    private static void CheckResponse(XmlElement response, SamlExpectation expected)
    {
        if (response.Of("Destination") is { } destination && destination != expected.Consumer) throw new SamlException("it was meant for another address");
        if (response.Child("Issuer", SamlXml.Assertion) is { } issuer && issuer.InnerText.Trim() != expected.Provider.EntityId) throw new SamlException("it is of another identity provider");
        var status = response.Child("Status", SamlXml.Protocol)?.Child("StatusCode", SamlXml.Protocol)?.Of("Value");
        if (status != SamlXml.Success) throw new SamlException($"the identity provider says {status}");
    }

    private static SamlAssertion Read(XmlElement assertion, XmlElement response, SamlExpectation expected)
    {
        if (assertion.Child("Issuer", SamlXml.Assertion)?.InnerText.Trim() != expected.Provider.EntityId) throw new SamlException("the assertion is of another identity provider");
        var confirmation = assertion.Child("Subject", SamlXml.Assertion)?.Children("SubjectConfirmation", SamlXml.Assertion)
            .Where(c => c.Of("Method") == SamlXml.Bearer).Select(c => c.Child("SubjectConfirmationData", SamlXml.Assertion)).OfType<XmlElement>()
            .FirstOrDefault(data => data.Of("Recipient") == expected.Consumer) ?? throw new SamlException("the assertion was made for another recipient");
        var end = SamlXml.Time(confirmation, "NotOnOrAfter") ?? throw new SamlException("the assertion has no end");
        if (expected.Now >= end + SamlExpectation.Skew || SamlXml.Time(confirmation, "NotBefore") > expected.Now + SamlExpectation.Skew) throw new SamlException("the assertion's time is over, or has not come");
        var request = confirmation.Of("InResponseTo") ?? throw new SamlException("nobody asked for it");
        if (response.Of("InResponseTo") is { } answered && answered != request) throw new SamlException("it answers two requests");
        CheckConditions(assertion, expected);
        return new SamlAssertion(assertion.Of("ID") ?? throw new SamlException("the assertion has no ID"), request, end, Attributes(assertion)) { Subject = SamlSubject.Of(assertion) };
    }

    private static void CheckConditions(XmlElement assertion, SamlExpectation expected)
    {
        var conditions = assertion.Child("Conditions", SamlXml.Assertion) ?? throw new SamlException("the assertion has no conditions");
        if (SamlXml.Time(conditions, "NotBefore") > expected.Now + SamlExpectation.Skew) throw new SamlException("the assertion's time has not come");
        if (SamlXml.Time(conditions, "NotOnOrAfter") is { } end && expected.Now >= end + SamlExpectation.Skew) throw new SamlException("the assertion's time is over");
        var audiences = conditions.Children("AudienceRestriction", SamlXml.Assertion).ToList();
        if (audiences.Count == 0 || !audiences.TrueForAll(a => a.Children("Audience", SamlXml.Assertion).Any(name => name.InnerText.Trim() == expected.EntityId)))
            throw new SamlException("the assertion is for another audience");
    }

    private static ImmutableDictionary<string, ImmutableArray<string>> Attributes(XmlElement assertion)
    {
        var found = ImmutableDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var attribute in assertion.Children("AttributeStatement", SamlXml.Assertion).SelectMany(s => s.Children("Attribute", SamlXml.Assertion)))
        {
            ImmutableArray<string> values = [.. attribute.Children("AttributeValue", SamlXml.Assertion).Select(v => v.InnerText.Trim()).Where(v => v.Length is > 0 and <= 255)];
            foreach (var name in new[] { attribute.Of("Name"), attribute.Of("FriendlyName") }.OfType<string>().Distinct())
                found[name] = found.TryGetValue(name, out var before) ? before.AddRange(values) : values;
        }

        return found.ToImmutable();
    }

    /// <summary>Two elements of one ID are how signatures are made to point at one element while another is read.</summary>
    private static void CheckIds(XmlDocument document)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in document.GetElementsByTagName("*").OfType<XmlElement>())
            foreach (var name in (ReadOnlySpan<string>)["ID", "Id", "id"])
                if (element.Of(name) is { } id && !seen.Add(id))
                    throw new SamlException("two elements have the same ID");
    }
}
