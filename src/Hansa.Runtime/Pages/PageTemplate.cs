using System.Globalization;
using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>What the templates Wiki and Blog share (spec platform 2.7, 2.8): comments, ratings, events.</summary>
public abstract class PageTemplate(IStorage storage, EntryArguments arguments, EntryEvents events, TimeProvider time) : DataThingTemplate
{
    private readonly IPageStore _store = storage.Pages;

    /// <inheritdoc/>
    public override IEnumerable<EventDefinition> Events => EntryEvents.Definitions;

    /// <summary>What its Things hold.</summary>
    private protected abstract PageKind Kind { get; }

    /// <summary>How its services call that.</summary>
    private protected abstract string Noun { get; }

    private protected IPageStore Store => _store;

    /// <inheritdoc/>
    public override Task StartAsync(Thing thing, CancellationToken cancellationToken) => _store.EnsureAsync(thing.Definition.Id, cancellationToken);

    internal override Task RetainAsync(Thing thing, long? before, long? keep, CancellationToken cancellationToken) =>
        _store.RetainAsync(thing.Definition.Id, Kind, before, keep, cancellationToken);

    /// <inheritdoc/>
    public override Task DeletedAsync(Thing thing, CancellationToken cancellationToken) => _store.DropAsync(thing.Definition.Id, cancellationToken);

    [Service("Rates an entry or a comment from 1 to 5 and gives the new average. A second vote of the same user takes the place of the first.",
        Category = "Ratings", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed, Result = BaseType.NUMBER)]
    public Task<double> RateContent(
        ServiceContext call, [Parameter(IsRequired = true)] string entryId, [Parameter(IsRequired = true)] double rating, CancellationToken cancellationToken)
    {
        if (rating is not (>= 1 and <= 5))
            throw Errors.Bad($"Parameter 'rating' must be a number from 1 to 5, not {rating.ToString(CultureInfo.InvariantCulture)}.");
        return _store.RateAsync(Id(call), EntryId(entryId), call.Caller.UserName, rating, cancellationToken);
    }

    private protected long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private protected long EntryId(string id) => EntryId(id, $"a {Noun}");

    private protected static long CommentId(string id) => EntryId(id, "a comment");

    private protected long? ParentId(string? id) => string.IsNullOrEmpty(id) ? null : EntryId(id);

    private protected static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private protected void AcceptEntry(ServiceContext call, Value[] given) => arguments.Complete(call, given);

    private protected void AcceptChange(ServiceContext call, Value[] given) => arguments.CompleteSourceType(call, given);

    private protected void AcceptQuery(ServiceContext call, Value[] given) => arguments.NameSources(call, given);

    private protected string? SourceTypeOf(string? source) => source is null ? null : arguments.SourceType(Value.String(source), Value.Null).AsText();

    private protected static string Words(string expression) => TextSearch.ToMatch(expression) is not null
        ? expression
        : throw Errors.Bad("Parameter 'searchExpression' holds no word to look for; give words with blanks between, each may end with * for all that begin so.");

    private protected Task<string> AddCommentAsync(ServiceContext call, string entryId, string? commentId, NewPage comment, CancellationToken cancellationToken) =>
        AddAsync(call, comment with { Entry = EntryId(entryId), Parent = string.IsNullOrEmpty(commentId) ? null : CommentId(commentId) }, cancellationToken);

    private protected Task<InfoTable> CommentAsync(ServiceContext call, string commentId, CancellationToken cancellationToken) =>
        _store.QueryAsync(Id(call), new(PageKind.Comment, PlatformShapes.Comment, 1) { Id = CommentId(commentId) }, cancellationToken);

    private protected Task<InfoTable> CommentsAsync(ServiceContext call, string entryId, CancellationToken cancellationToken) =>
        _store.QueryAsync(Id(call), new(PageKind.Comment, PlatformShapes.Comment, int.MaxValue) { Entry = EntryId(entryId), Order = PageOrder.Added }, cancellationToken);

    /// <summary>Adds, then fires: also where the caller has given up waiting meanwhile.</summary>
    private protected Task<string> AddAsync(ServiceContext call, NewPage page, CancellationToken cancellationToken)
    {
        return Add().WaitAsync(cancellationToken);

        async Task<string> Add()
        {
            var id = Text(await _store.AddAsync(Id(call), page, CancellationToken.None));
            await events.FireAsync(call, page.Kind == PageKind.Comment ? EntryEvents.CommentAdded : EntryEvents.Added, id, page.Kind.ToString());
            return id;
        }
    }

    /// <summary>Adds or changes by title, then fires.</summary>
    private protected Task<string> AddOrUpdateAsync(ServiceContext call, NewPage page, CancellationToken cancellationToken)
    {
        return AddOrUpdate().WaitAsync(cancellationToken);

        async Task<string> AddOrUpdate()
        {
            var (id, isNew) = await _store.AddOrUpdateAsync(Id(call), page, CancellationToken.None);
            await events.FireAsync(call, isNew ? EntryEvents.Added : EntryEvents.Updated, Text(id), page.Kind.ToString());
            return Text(id);
        }
    }

    /// <summary>Changes, then fires.</summary>
    private protected Task ChangeAsync(ServiceContext call, PageKind kind, long id, PageChange change, CancellationToken cancellationToken)
    {
        return Change().WaitAsync(cancellationToken);

        async Task Change()
        {
            await _store.UpdateAsync(Id(call), kind, id, change, CancellationToken.None);
            await events.FireAsync(call, EntryEvents.Updated, Text(id), kind.ToString());
        }
    }

    /// <summary>Deletes, then fires.</summary>
    private protected Task DeleteAsync(ServiceContext call, PageKind kind, long id, CancellationToken cancellationToken)
    {
        return Delete().WaitAsync(cancellationToken);

        async Task Delete()
        {
            await _store.DeleteAsync(Id(call), kind, id, Now, CancellationToken.None);
            await events.FireAsync(call, EntryEvents.Deleted, Text(id), kind.ToString());
        }
    }
}
