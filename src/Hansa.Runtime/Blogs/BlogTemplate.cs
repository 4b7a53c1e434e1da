using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>The Blog (spec platform 2.7): entries over time with comments and ratings.</summary>
public sealed class BlogTemplate(IStorage storage, EntryArguments arguments, EntryEvents events, TimeProvider time)
    : PageTemplate(storage, arguments, events, time)
{
    private const string Newest = nameof(PageOrder.Newest);

    /// <inheritdoc/>
    public override string Name => "Blog";

    /// <inheritdoc/>
    public override string? TwinName => "RemoteBlog";

    /// <inheritdoc/>
    public override string Description => "Entries over time with comments and ratings.";

    private protected override PageKind Kind => PageKind.BlogEntry;

    private protected override string Noun => "blog entry";

    [Service("Adds an entry and gives its id.",
        Category = "Entries", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed, Accept = nameof(AcceptEntry))]
    public Task<string> AddBlogEntry(
        ServiceContext call, [Parameter(IsRequired = true)] string title, string? content, string? source, string? sourceType,
        [Parameter(BaseType.TAGS)] string? tags, Location? location, DateTimeOffset? timestamp, CancellationToken cancellationToken) =>
        AddAsync(call, new(Kind, timestamp!.Value.ToUnixTimeMilliseconds())
        {
            Title = title, Content = content, Source = source, SourceType = sourceType, Tags = tags, Location = location,
        }, cancellationToken);

    [Service("Changes what is given of an entry; the rest stays.", Category = "Entries", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed)]
    public Task UpdateBlogEntry(
        ServiceContext call, [Parameter(IsRequired = true)] string blogEntryId, string? title, string? content, string? source,
        [Parameter(BaseType.TAGS)] string? tags, DateTimeOffset? timestamp, Location? location, CancellationToken cancellationToken) =>
        ChangeAsync(call, Kind, EntryId(blogEntryId), new(Now)
        {
            Timestamp = timestamp?.ToUnixTimeMilliseconds(), Title = title, Content = content, Source = source, SourceType = SourceTypeOf(source), Tags = tags,
            Location = location,
        }, cancellationToken);

    [Service("Keeps an entry at the top, or no longer.", Category = "Entries", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed)]
    public Task SetStickyStatus(
        ServiceContext call, [Parameter(IsRequired = true)] string blogEntryId, [Parameter(IsRequired = true)] bool isSticky, CancellationToken cancellationToken) =>
        ChangeAsync(call, Kind, EntryId(blogEntryId), new(Now) { IsSticky = isSticky }, cancellationToken);

    [Service("Deletes an entry with its comments.", Category = "Entries", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed)]
    public Task DeleteBlogEntry(ServiceContext call, [Parameter(IsRequired = true)] string blogEntryId, CancellationToken cancellationToken) =>
        DeleteAsync(call, Kind, EntryId(blogEntryId), cancellationToken);

    [Service("Deletes the entries of a period with their comments, both ends included; all where neither is said. It answers when they are gone.",
        Category = "Entries", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed)]
    public Task PurgeBlogEntries(ServiceContext call, DateTimeOffset? startDate, DateTimeOffset? endDate, CancellationToken cancellationToken) =>
        Store.PurgeAsync(Id(call), startDate?.ToUnixTimeMilliseconds(), endDate?.ToUnixTimeMilliseconds(), cancellationToken);

    [Service("Gives one entry.", Category = "Entries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "BlogEntry")]
    public Task<InfoTable> GetBlogEntry(ServiceContext call, [Parameter(IsRequired = true)] string blogEntryId, CancellationToken cancellationToken) =>
        Store.QueryAsync(Id(call), Entries(PlatformShapes.BlogEntry, 1) with { Id = EntryId(blogEntryId) }, cancellationToken);

    [Service("Gives one entry with its comments.",
        Category = "Entries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "BlogEntryWithComments")]
    public Task<InfoTable> GetBlogEntryWithComments(ServiceContext call, [Parameter(IsRequired = true)] string blogEntryId, CancellationToken cancellationToken) =>
        Store.QueryAsync(Id(call), Entries(PlatformShapes.BlogEntryWithComments, 1) with { Id = EntryId(blogEntryId) }, cancellationToken);

    [Service("Gives entries, sticky ones first.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "BlogEntry")]
    public Task<InfoTable> GetBlogEntries(
        ServiceContext call, CancellationToken cancellationToken,
        double maxItems = DefaultMaxItems, string sortOrder = Newest) =>
        QueryAsync(call, PlatformShapes.BlogEntry, maxItems, sortOrder, null, null, cancellationToken);

    [Service("Finds entries by source, tags and time.",
        Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "BlogEntry", Accept = nameof(AcceptQuery))]
    public Task<InfoTable> QueryBlogEntries(
        ServiceContext call, string? source, [Parameter(BaseType.TAGS)] string? sourceTags, [Parameter(BaseType.TAGS)] string? tags, DateTimeOffset? startDate,
        DateTimeOffset? endDate, CancellationToken cancellationToken,
        double maxItems = DefaultMaxItems, string sortOrder = Newest) =>
        QueryAsync(call, PlatformShapes.BlogEntry, maxItems, sortOrder, new(source, sourceTags, tags, startDate, endDate), null, cancellationToken);

    [Service("Finds entries whose title and content hold all the words; a word may end with *.",
        Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "BlogEntry", Accept = nameof(AcceptQuery))]
    public Task<InfoTable> SearchBlogEntries(
        ServiceContext call, [Parameter(IsRequired = true)] string searchExpression, string? source, [Parameter(BaseType.TAGS)] string? sourceTags, [Parameter(BaseType.TAGS)] string? tags, DateTimeOffset? startDate,
        DateTimeOffset? endDate, CancellationToken cancellationToken,
        double maxItems = DefaultMaxItems, string sortOrder = Newest) =>
        QueryAsync(call, PlatformShapes.BlogEntry, maxItems, sortOrder, new(source, sourceTags, tags, startDate, endDate), Words(searchExpression), cancellationToken);

    [Service("Gives entries with their comments, sticky ones first.",
        Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "BlogEntryWithComments")]
    public Task<InfoTable> GetBlogEntriesWithComments(
        ServiceContext call, CancellationToken cancellationToken,
        double maxItems = DefaultMaxItems, string sortOrder = Newest) =>
        QueryAsync(call, PlatformShapes.BlogEntryWithComments, maxItems, sortOrder, null, null, cancellationToken);

    [Service("Finds entries with their comments by source, tags and time.",
        Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "BlogEntryWithComments", Accept = nameof(AcceptQuery))]
    public Task<InfoTable> QueryBlogEntriesWithComments(
        ServiceContext call, string? source, [Parameter(BaseType.TAGS)] string? sourceTags, [Parameter(BaseType.TAGS)] string? tags, DateTimeOffset? startDate,
        DateTimeOffset? endDate, CancellationToken cancellationToken,
        double maxItems = DefaultMaxItems, string sortOrder = Newest) =>
        QueryAsync(call, PlatformShapes.BlogEntryWithComments, maxItems, sortOrder, new(source, sourceTags, tags, startDate, endDate), null, cancellationToken);

    [Service("Finds entries with their comments whose title and content hold all the words; a word may end with *.",
        Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "BlogEntryWithComments", Accept = nameof(AcceptQuery))]
    public Task<InfoTable> SearchBlogEntriesWithComments(
        ServiceContext call, [Parameter(IsRequired = true)] string searchExpression, string? source, [Parameter(BaseType.TAGS)] string? sourceTags, [Parameter(BaseType.TAGS)] string? tags, DateTimeOffset? startDate,
        DateTimeOffset? endDate, CancellationToken cancellationToken,
        double maxItems = DefaultMaxItems, string sortOrder = Newest) =>
        QueryAsync(call, PlatformShapes.BlogEntryWithComments, maxItems, sortOrder, new(source, sourceTags, tags, startDate, endDate), Words(searchExpression), cancellationToken);

    [Service("Counts the entries and comments of each day (UTC), newest day first.",
        Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "BlogHistory")]
    public Task<InfoTable> GetBlogActivityHistory(ServiceContext call, CancellationToken cancellationToken) =>
        Store.ActivityAsync(Id(call), PlatformShapes.BlogHistory, cancellationToken);

    [Service("Adds a comment on an entry, or an answer to a comment, and gives its id.",
        Category = "Comments", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed, Accept = nameof(AcceptEntry))]
    public Task<string> AddComment(
        ServiceContext call, [Parameter(IsRequired = true)] string blogEntryId, string? blogCommentId, [Parameter(IsRequired = true)] string content, string? source, string? sourceType,
        [Parameter(BaseType.TAGS)] string? tags, Location? location, DateTimeOffset? timestamp,
        CancellationToken cancellationToken) =>
        AddCommentAsync(call, blogEntryId, blogCommentId, new(PageKind.Comment, timestamp!.Value.ToUnixTimeMilliseconds())
        {
            Content = content, Source = source, SourceType = sourceType, Tags = tags, Location = location,
        }, cancellationToken);

    [Service("Changes what is given of a comment; the rest stays.",
        Category = "Comments", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed, Accept = nameof(AcceptChange))]
    public Task UpdateComment(
        ServiceContext call, [Parameter(IsRequired = true)] string blogCommentId, string? content, string? source, string? sourceType,
        [Parameter(BaseType.TAGS)] string? tags, Location? location, DateTimeOffset? timestamp,
        CancellationToken cancellationToken) =>
        ChangeAsync(call, PageKind.Comment, CommentId(blogCommentId), new(Now)
        {
            Timestamp = timestamp?.ToUnixTimeMilliseconds(), Content = content, Source = source, SourceType = sourceType, Tags = tags, Location = location,
        }, cancellationToken);

    [Service("Deletes a comment; answers to it then answer what it answered.",
        Category = "Comments", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed)]
    public Task DeleteComment(ServiceContext call, [Parameter(IsRequired = true)] string blogCommentId, CancellationToken cancellationToken) =>
        DeleteAsync(call, PageKind.Comment, CommentId(blogCommentId), cancellationToken);

    [Service("Gives one comment.", Category = "Comments", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "Comment")]
    public Task<InfoTable> GetComment(ServiceContext call, [Parameter(IsRequired = true)] string blogCommentId, CancellationToken cancellationToken) =>
        CommentAsync(call, blogCommentId, cancellationToken);

    [Service("Gives all comments on an entry, oldest first; parentId says what each answers.",
        Category = "Comments", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "Comment")]
    public Task<InfoTable> GetComments(ServiceContext call, [Parameter(IsRequired = true)] string blogEntryId, CancellationToken cancellationToken) =>
        CommentsAsync(call, blogEntryId, cancellationToken);

    private static PageQuery Entries(DataShape shape, int maxItems) => new(PageKind.BlogEntry, shape, maxItems)
    {
        Comments = ReferenceEquals(shape, PlatformShapes.BlogEntryWithComments) ? PlatformShapes.Comment : null,
    };

    private Task<InfoTable> QueryAsync(
        ServiceContext call, DataShape shape, double maxItems, string sortOrder, PageFilter? filter, string? words, CancellationToken cancellationToken)
    {
        var query = Entries(shape, Limit(maxItems)) with { Order = OrderOf(sortOrder), Words = words };
        return Store.QueryAsync(Id(call), filter?.Apply(query) ?? query, cancellationToken);
    }

    private static PageOrder OrderOf(string sortOrder) => sortOrder switch
    {
        "" or Newest => PageOrder.Newest,
        nameof(PageOrder.HighestRated) => PageOrder.HighestRated,
        nameof(PageOrder.MostActive) => PageOrder.MostActive,
        _ => throw Errors.Bad($"Parameter 'sortOrder' must be Newest, HighestRated or MostActive, not '{sortOrder}'."),
    };
}
