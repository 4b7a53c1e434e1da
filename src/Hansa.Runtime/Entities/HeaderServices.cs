using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>What stands at the head of every entity: description, tags, owner, project, picture (spec platform 6.2).</summary>
public sealed class HeaderServices(EntityDirectory directory) : KindServices
{
    /// <summary>The largest picture, in bytes: it lies in the entity's document, and so in memory.</summary>
    public const int MaxAvatar = 256 * 1024;

    private static readonly DataShape DeprecatedRows = DataShape.Of(("name", BaseType.STRING), ("type", BaseType.STRING), ("usage", BaseType.STRING));

    private static readonly DataShape TagRows = DataShape.Of(("vocabulary", BaseType.STRING), ("vocabularyTerm", BaseType.STRING));

    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => true;

    [Service("Gives the description.", Category = "Metadata", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public string GetDescription(ServiceContext call) => call.Target.Definition.Description;

    [Service("Sets the description.", Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task SetDescription(ServiceContext call, string? description, CancellationToken cancellationToken) =>
        Edit(call, definition => definition with { Description = description ?? "" }, cancellationToken);

    [Service("Gives the documentation.", Category = "Metadata", Requires = Permission.Read, Result = BaseType.TEXT, RunsWhenStopped = true, Kind = CallKind.Read)]
    public string GetDocumentationContent(ServiceContext call) => call.Target.Definition.DocumentationContent;

    [Service("Sets the documentation: a longer text for people.", Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task SetDocumentationContent(ServiceContext call, [Parameter(BaseType.TEXT)] string? documentationContent, CancellationToken cancellationToken) =>
        Edit(call, definition => definition with { DocumentationContent = documentationContent ?? "" }, cancellationToken);

    [Service("Gives the model tags.", Category = "Metadata", Requires = Permission.Read, Result = BaseType.TAGS, RunsWhenStopped = true, Kind = CallKind.Read)]
    public string GetTags(ServiceContext call) => call.Target.Definition.Tags;

    [Service("Gives the model tags, a row each.", Category = "Metadata", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetTagsAsInfoTable(ServiceContext call)
    {
        var builder = new InfoTable.Builder(TagRows);
        foreach (var tag in Split(call.Target.Definition.Tags))
        {
            var colon = tag.IndexOf(':', StringComparison.Ordinal);
            builder.Add(Value.String(tag[..colon]), Value.String(tag[(colon + 1)..]));
        }

        return builder.Build();
    }

    [Service("Sets the model tags.", Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public async Task SetTags(ServiceContext call, [Parameter(BaseType.TAGS)] string? tags, CancellationToken cancellationToken)
    {
        await VocabularyServices.UseAsync(directory, tags, cancellationToken);
        await Edit(call, definition => definition with { Tags = tags ?? "" }, cancellationToken);
    }

    [Service("Adds model tags to those that there are.", Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public async Task AddTags(ServiceContext call, [Parameter(BaseType.TAGS, IsRequired = true)] string tags, CancellationToken cancellationToken)
    {
        await VocabularyServices.UseAsync(directory, tags, cancellationToken);
        await Edit(call, definition => definition with { Tags = string.Join(';', Split(definition.Tags).Union(Split(tags), StringComparer.Ordinal)) }, cancellationToken);
    }

    [Service("Takes model tags away.", Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task RemoveTags(ServiceContext call, [Parameter(BaseType.TAGS, IsRequired = true)] string tags, CancellationToken cancellationToken) =>
        Edit(call, definition => definition with { Tags = string.Join(';', Split(definition.Tags).Except(Split(tags), StringComparer.Ordinal)) }, cancellationToken);

    [Service("Gives the picture.", Category = "Metadata", Requires = Permission.None, Result = BaseType.IMAGE, RunsWhenStopped = true, Kind = CallKind.Read)]
    public byte[]? GetAvatar(ServiceContext call) => call.Target.Definition.Avatar;

    [Service("Gives the address of the picture.", Category = "Metadata", Requires = Permission.None, Result = BaseType.IMAGELINK, RunsWhenStopped = true, Kind = CallKind.Read)]
    public string GetAvatarURL(ServiceContext call) => AddressOf(call.Target.Key);

    [Service("Sets the picture, PNG, JPEG, GIF or WebP; without content there is none.", Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task SetAvatar(ServiceContext call, [Parameter(BaseType.IMAGE)] byte[]? content, CancellationToken cancellationToken)
    {
        if (content is { Length: > 0 } && ImageTypes.Of(content) is null)
            throw Errors.Bad("The picture is none of PNG, JPEG, GIF and WebP.");
        if (content is { Length: > MaxAvatar })
            throw new PlatformException(ErrorCode.TooLarge, $"The picture has {content.Length} bytes; the limit is {MaxAvatar}.");
        return Edit(call, definition => definition with { Avatar = content is { Length: > 0 } ? content : null }, cancellationToken);
    }

    [Service("Gives the mashup that shows the entity.", Category = "Mashups", Requires = Permission.Read, Result = BaseType.MASHUPNAME, RunsWhenStopped = true, Kind = CallKind.Read)]
    public string GetHomeMashup(ServiceContext call) => call.Target.Definition.HomeMashup;

    [Service("Sets the mashup that shows the entity; this server keeps the name and does not run mashups.", Category = "Mashups", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task SetHomeMashup(ServiceContext call, [Parameter(BaseType.MASHUPNAME)] string? name, CancellationToken cancellationToken) =>
        Edit(call, definition => definition with { HomeMashup = name ?? "" }, cancellationToken);

    [Service("Lists the mashups that the entity names.", Category = "Mashups", Requires = Permission.Read, ResultShape = "EntityList", RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetMashups(ServiceContext call)
    {
        var builder = new InfoTable.Builder(PlatformShapes.EntityList);
        if (call.Target.Definition.HomeMashup is { Length: > 0 } mashup)
            builder.Add(Value.String(mashup), Value.String("home"));
        return builder.Build();
    }

    [Service("Tells who owns the entity.", Category = "Permissions", Requires = Permission.Read, Result = BaseType.USERNAME, RunsWhenStopped = true, Kind = CallKind.Read)]
    public string GetOwner(ServiceContext call) => call.Target.Definition.Owner;

    [Service("Sets who owns the entity.", Category = "Permissions", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task SetOwner(ServiceContext call, [Parameter(BaseType.USERNAME, IsRequired = true)] string name, CancellationToken cancellationToken)
    {
        call.Find(EntityKind.Users, name);
        return Edit(call, definition => definition with { Owner = name }, cancellationToken);
    }

    [Service("Tells which project the entity belongs to.", Category = "Projects", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public string GetProjectName(ServiceContext call) => call.Target.Definition.ProjectName;

    [Service("Puts the entity into a project; without a name into none.", Category = "Projects", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task SetProjectName(ServiceContext call, [Parameter(BaseType.PROJECTNAME)] string? projectName, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(projectName))
            call.Find(EntityKind.Projects, projectName);
        return Edit(call, definition => definition with { ProjectName = projectName ?? "" }, cancellationToken);
    }

    [Service("Lets the entity's project depend on the projects of all that the project's entities name.", Category = "Projects", Requires = Permission.Read, RunsWhenStopped = true)]
    public async Task UpdateProjectDependencies(ServiceContext call, CancellationToken cancellationToken)
    {
        var project = call.Find(EntityKind.Projects, call.Target.Definition.ProjectName is { Length: > 0 } name
            ? name : throw Errors.Bad($"{call.Target.Key.Kind.Singular()} [{call.Target.Name}] belongs to no project."));
        call.Demand(project, Permission.Update);
        var needed = EntityKinds.All.SelectMany(directory.All).Where(entity => entity.Definition.ProjectName == project.Name)
            .SelectMany(entity => References.Of(entity.Definition)).Distinct().Select(key => directory.Find(key)?.Definition.ProjectName ?? "")
            .Where(other => other.Length > 0 && other != project.Name).Distinct().Order(StringComparer.Ordinal);
        await directory.UpdateAsync(project.Key, definition => (ProjectDefinition)definition with { DependsOn = [.. needed] }, cancellationToken);
    }

    [Service("Lists what the entity uses that is deprecated; nothing of this platform is, so there is no row.", Category = "Aspects", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable ListDeprecatedUsage(ServiceContext call) => new InfoTable.Builder(DeprecatedRows).Build();

    [Service("Tells when the entity was last changed.", Category = "Editing", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public DateTimeOffset GetLastModifiedDate(ServiceContext call) => DateTimeOffset.FromUnixTimeMilliseconds(call.Target.Definition.LastModified);

    [Service("Tells in one row what the entity is.", Category = "Metadata", Requires = Permission.Read, ResultShape = "RootEntityList", RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetSummaryInformation(ServiceContext call)
    {
        var builder = new InfoTable.Builder(PlatformShapes.RootEntityList);
        EntityPages.AddRow(builder, call.Target.Definition);
        return builder.Build();
    }

    /// <summary>Where REST gives an entity's picture.</summary>
    public static string AddressOf(EntityKey key) => $"/Thingworx/{key.Kind}/{Uri.EscapeDataString(key.Name)}/Avatar";

    private static string[] Split(string tags) => tags.Split(';', StringSplitOptions.RemoveEmptyEntries);

    private Task<Entity> Edit(ServiceContext call, Func<EntityDefinition, EntityDefinition> edit, CancellationToken cancellationToken) =>
        directory.UpdateAsync(call.Target.Key, edit, cancellationToken);
}

/// <summary>Kinds of pictures that browsers show, told by their first bytes.</summary>
public static class ImageTypes
{
    /// <summary>The media type, null for what is no such picture.</summary>
    public static string? Of(ReadOnlySpan<byte> content) =>
        content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? "image/png"
        : content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : content.StartsWith("GIF8"u8) ? "image/gif"
        : content.Length > 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8) ? "image/webp"
        : null;
}
