using Drover.Model.Kernel;
using Drover.Model.Platform;
using Drover.Server.Api.Binding;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Rendering;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Api.Subscribe;

/// <summary>
/// `publish`: takes what handlers and agents of 1.6 answer to events (API-22, api-semantics.md section 16). It is checked and echoed and goes no
/// further: nothing here asks a question by event, so that no answer is waited for.
/// </summary>
internal static class PublishEndpoint
{
    private const string Word = "publish";

    /// <summary>Longer names and lists of ids are refused.</summary>
    private const int MostLetters = 255;

    private const int MostIds = 100;

    public static bool Is(ApiPath path) => path.Type?.Equals(Word, StringComparison.OrdinalIgnoreCase) == true;

    public static async Task<Answer> AnswerAsync(ApiCall call, HttpRequest request, CancellationToken cancel)
    {
        if (call.Path.Id is not null || call.Catalog.FindShape(Word) is not { Shape: StructShape declared } shape) throw new ProblemException(Problem.NotFound());
        if (!call.IsPost || !declared.Methods.Of(call.Caller.Role).Contains('c', StringComparison.Ordinal)) throw new ProblemException(new Problem("Method not allowed", Message: "Method not allowed", Status: 405));
        var bodies = await BodyReader.ReadAsync(request, call.Query, cancel);
        var said = (Publish)RecordBinder.Create(shape, bodies.IsEmpty ? Body.Empty : bodies[0], new Coercion(call.Catalog, (_, _) => null));
        if (said.Name!.Length > MostLetters) throw new ProblemException(new Problem("MaxLengthExceeded", "name"));
        if (said.PreviousIds.Count > MostIds || said.PreviousIds.Items.Any(id => id?.Length > MostLetters)) throw new ProblemException(new Problem("MaxLengthExceeded", "previousIds"));
        if (!IsRaw(call.Caller.Role) && !said.Name.StartsWith("reply.", StringComparison.Ordinal) && !IsOfService(said.Name)) throw new ProblemException(Problem.Forbidden());
        return Answer.Json(json => ValueWriter.For(WireType.Parse(Word), Catalog.All, call.Catalog.FindShape).Write(json, said), 201);
    }

    /// <summary>Who may name any event.</summary>
    private static bool IsRaw(Roles role) => (role & (Roles.Superadmin | Roles.Service)) != 0;

    private static bool IsOfService(string name)
        => name.StartsWith("service.", StringComparison.Ordinal) && name.Length > "service.".Length && name.All(c => char.IsAsciiLetterLower(c) || c == '.');
}
