using System.Text.Json;
using Drover.Compose;
using Drover.Model.Kernel;
using Drover.Model.Stacks;
using Drover.Server.Api.Binding;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Services;
using Drover.Store;

namespace Drover.Server.Stacks;

/// <summary>What holds when stacks are created and changed over the API; a stack with compose files gets its services in the same write.</summary>
internal sealed class StackRules(ComposedStack composed) : ICreateRule, IUpdateRule
{
    public string Kind => "stack";

    public object? Prepare(ApiCall call, Body body) => Read(body, []);

    /// <summary>The stack that the files in a body describe; null where there are none. Throws a problem that names the first mistake.</summary>
    /// <param name="body">What was sent.</param>
    /// <param name="known">Answers that hold where the body gives no others.</param>
    public static ComposeModel? Read(Body body, IEnumerable<KeyValuePair<string, string>> known)
    {
        var files = FilesOf(body);
        if (files.Texts.Count == 0) return null;
        var answers = known.Concat(Texts(body, "answers")).Concat(Texts(body, "environment")).GroupBy(a => a.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal);
        var result = ComposeReader.Read(files, answers);
        if (result.Model is { } model) return model;
        var first = result.Problems[0];
        var field = first.File == ComposeFiles.RancherName ? "rancherCompose" : "dockerCompose";
        throw new ProblemException(new Problem("InvalidFormat", field, first.ToString(), Detail: string.Join('\n', result.Problems.Take(20))));
    }

    public IEnumerable<Problem> Check(CreateDraft draft)
    {
        var stack = (Stack)draft.Wanted;
        if (ServiceNames.Check(stack.Name) is { } problem) yield return problem;
        if (Taken(draft.Tx.View, stack, own: null)) yield return new Problem("NotUnique", "name");
        draft.Seen = new StackSeen { HealthState = ServiceHealth.Healthy };
    }

    public void Created(CreateDraft draft, Resource created)
    {
        if (draft.Prepared is ComposeModel model) composed.Create(draft.Tx, (Stack)created, model, draft.Caller);
    }

    public IEnumerable<Problem> Check(UpdateDraft draft)
    {
        if (!draft.Changed.Contains("name")) yield break;
        var stack = (Stack)draft.Wanted;
        if (ServiceNames.Check(stack.Name) is { } problem) yield return problem;
        if (Taken(draft.Tx.View, stack, draft.Before.Id)) yield return new Problem("NotUnique", "name");
    }

    /// <summary>True where nothing new may be put into the stack: it is not there, or on its way out.</summary>
    public static bool Closed(Snapshot view, long stackId)
        => view.Find<Stack>(stackId) is not { IsRemoved: false, Wanted.RemoveRequested: false } stack || stack.State is "error" or "erroring";

    /// <summary>The stack `Default` of an environment, made where it is not there (SVC-02).</summary>
    public static long DefaultOf(WriteTx tx, long environment)
        => tx.View.By<Stack>("accountId", environment).FirstOrDefault(s => s is { IsRemoved: false, Wanted: { RemoveRequested: false, Name: "Default" } })?.Id
            ?? tx.Create(new Stack { AccountId = environment, Name = "Default" }, new StackSeen { HealthState = ServiceHealth.Healthy }).Id;

    private static bool Taken(Snapshot view, Stack stack, long? own)
        => view.By<Stack>("accountId", stack.AccountId!.Value)
            .Any(other => other.Id != own && !other.IsRemoved && !other.Wanted.RemoveRequested && string.Equals(other.Wanted.Name, stack.Name, StringComparison.OrdinalIgnoreCase));

    private static ComposeFiles FilesOf(Body body)
    {
        var files = ComposeFiles.Of(body.Text("dockerCompose"), body.Text("rancherCompose"));
        var more = Texts(body, "templates").Where(file => file.Value.Length > 0 && !files.Texts.ContainsKey(file.Key)).ToList();
        return files.Texts.Count == 0 || more.Count == 0 ? files : new ComposeFiles(files.Texts.Concat(more).ToDictionary(StringComparer.Ordinal));
    }

    private static IEnumerable<KeyValuePair<string, string>> Texts(Body body, string name)
        => body.Find(name) is not { ValueKind: JsonValueKind.Object } map ? []
            : map.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText()));
}
