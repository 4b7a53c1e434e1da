using System.Collections.Immutable;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Vocabularies of model tags and data tags, and their terms (spec platform 3.6).</summary>
public sealed class VocabularyServices(EntityDirectory directory) : KindServices
{
    private static readonly DataShape Rows = DataShape.Of(("name", BaseType.STRING), ("description", BaseType.STRING));

    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind is EntityKind.ModelTags or EntityKind.DataTags;

    [Service("Lists the terms.", Category = "Terms", Kind = CallKind.Read)]
    public InfoTable GetVocabularyTerms(ServiceContext call)
    {
        var builder = new InfoTable.Builder(Rows);
        foreach (var term in ((VocabularyDefinition)call.Target.Definition).Terms)
            builder.Add(Value.String(term.Name), Value.String(term.Description));
        return builder.Build();
    }

    [Service("Tells whether terms come into being by being used.", Category = "Terms", Kind = CallKind.Read)]
    public bool IsDynamic(ServiceContext call) => ((VocabularyDefinition)call.Target.Definition).IsDynamic;

    [Service("Adds a term, or describes one anew.", Category = "Terms", Requires = Permission.Update)]
    public Task AddVocabularyTerm(ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, CancellationToken cancellationToken)
    {
        Check(name);
        return Edit(call, vocabulary => vocabulary with { Terms = [.. vocabulary.Terms.Where(term => term.Name != name), new(name, description ?? "")] }, cancellationToken);
    }

    [Service("Takes a term away; entities that are tagged with it keep the tag.", Category = "Terms", Requires = Permission.Update)]
    public Task DeleteVocabularyTerm(ServiceContext call, [Parameter(IsRequired = true)] string name, CancellationToken cancellationToken) =>
        Edit(call, vocabulary => vocabulary.Terms.Any(term => term.Name == name)
            ? vocabulary with { Terms = vocabulary.Terms.RemoveAll(term => term.Name == name) }
            : throw new PlatformException(ErrorCode.NotFound, $"Vocabulary [{vocabulary.Name}] has no term [{name}]."), cancellationToken);

    [Service("Lists the entities of all kinds that are tagged with a term.", Category = "Terms", ResultShape = "RootEntityList", Kind = CallKind.Read)]
    public InfoTable GetTaggedEntities(ServiceContext call, [Parameter(IsRequired = true)] string term, int maxItems = 500)
    {
        var builder = new InfoTable.Builder(PlatformShapes.RootEntityList);
        var tag = $"{call.Target.Name}:{term}";
        foreach (var entity in EntityKinds.All.SelectMany(directory.All))
        {
            if (builder.RowCount < maxItems && entity.Definition.Tags.Split(';').Contains(tag) && call.Invoker.Gate.IsVisible(call.Caller, entity, call.Call.Origin))
                EntityPages.AddRow(builder, entity.Definition);
        }

        return builder.Build();
    }

    internal static VocabularyDefinition Define(EntityKind kind, string name, bool isDynamic, InfoTable? terms)
    {
        var all = Enumerable.Range(0, terms?.RowCount ?? 0).Select(i => new VocabularyTerm(terms![i, "name"].ToString(), terms[i, "description"].ToString())).ToImmutableArray();
        foreach (var term in all)
            Check(term.Name);
        return all.CountBy(term => term.Name).FirstOrDefault(count => count.Value > 1) is { Value: > 1 } twice
            ? throw Errors.Bad($"The term [{twice.Key}] is there {twice.Value} times.")
            : new(kind, name) { IsDynamic = isDynamic, Terms = all };
    }

    /// <summary>Refuses tags with a term that a vocabulary does not have, and adds it to one that is dynamic. Vocabularies that nobody made are free.</summary>
    internal static async Task UseAsync(EntityDirectory directory, string? tags, CancellationToken cancellationToken)
    {
        foreach (var tag in (tags ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(tag => tag.Split(':', 2)).Where(tag => tag.Length == 2))
        {
            if (directory.Find(new(EntityKind.ModelTags, tag[0]))?.Definition is not VocabularyDefinition vocabulary || vocabulary.Terms.Any(term => term.Name == tag[1]))
                continue;
            if (!vocabulary.IsDynamic)
                throw Errors.Bad($"Vocabulary [{tag[0]}] has no term [{tag[1]}]; it has {string.Join(", ", vocabulary.Terms.Select(term => term.Name))}.");
            await directory.UpdateAsync(vocabulary.Key, current => ((VocabularyDefinition)current).Terms.Any(term => term.Name == tag[1]) ? current
                : (VocabularyDefinition)current with { Terms = ((VocabularyDefinition)current).Terms.Add(new(tag[1], "")) }, cancellationToken);
        }
    }

    private static void Check(string term)
    {
        if (string.IsNullOrWhiteSpace(term) || term.IndexOfAny([':', ';']) >= 0)
            throw Errors.Bad($"'{term}' is no term: it must not be blank nor hold ':' or ';', which part tags.");
    }

    private Task<Entity> Edit(ServiceContext call, Func<VocabularyDefinition, VocabularyDefinition> edit, CancellationToken cancellationToken) =>
        directory.UpdateAsync(call.Target.Key, current => edit((VocabularyDefinition)current), cancellationToken);
}
