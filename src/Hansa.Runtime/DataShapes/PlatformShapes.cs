using System.Collections.Frozen;
using Hansa.Model;
using Hansa.Storage;
using static Hansa.Model.BaseType;

namespace Hansa.Runtime;

/// <summary>The Data Shapes that services of the platform answer with (spec platform 1.5, 2.4, 3.5).</summary>
public static class PlatformShapes
{
    /// <summary>name, description.</summary>
    public static DataShape EntityList { get; } = Named("EntityList", ("name", STRING), ("description", STRING));

    /// <summary>value, time, quality.</summary>
    public static DataShape Vtq { get; } = Named("VTQ", ("value", VARIANT), ("time", DATETIME), ("quality", STRING));

    /// <summary>name, value, time, quality.</summary>
    public static DataShape NamedVtq { get; } = Named("NamedVTQ", ("name", STRING), ("value", VARIANT), ("time", DATETIME), ("quality", STRING));

    /// <summary>The data of DataChange.</summary>
    public static DataShape DataChangeEvent { get; } = Named("DataChangeEvent", ("oldValue", INFOTABLE), ("newValue", INFOTABLE));

    /// <summary>The data of AnyDataChange.</summary>
    public static DataShape AnyDataChangeEvent { get; } = Named("AnyDataChangeEvent", ("name", STRING), ("oldValue", INFOTABLE), ("newValue", INFOTABLE));

    /// <summary>The data of Alert, AlertReset, AlertAck and their Any… events.</summary>
    public static DataShape AlertEvent { get; } = Named("AlertEvent",
        ("name", STRING), ("alertType", STRING), ("sourceProperty", STRING), ("priority", INTEGER), ("message", STRING), ("description", STRING),
        ("ack", BOOLEAN), ("ackBy", USERNAME), ("ackTimestamp", DATETIME));

    /// <summary>How an alert stands.</summary>
    public static DataShape AlertSummary { get; } = Named("AlertSummary",
        ("name", STRING), ("alertType", STRING), ("source", THINGNAME), ("sourceProperty", STRING), ("priority", INTEGER), ("message", STRING), ("description", STRING),
        ("timestamp", DATETIME), ("isActive", BOOLEAN), ("ack", BOOLEAN), ("ackBy", USERNAME), ("ackTimestamp", DATETIME));

    /// <summary>What happened to an alert: the event, then what AlertEvent has.</summary>
    public static DataShape AlertHistory { get; } = Named("AlertHistory",
        ("eventName", STRING), ("name", STRING), ("alertType", STRING), ("sourceProperty", STRING), ("priority", INTEGER), ("message", STRING), ("description", STRING),
        ("ack", BOOLEAN), ("ackBy", USERNAME), ("ackTimestamp", DATETIME));

    /// <summary>An alert as it was defined.</summary>
    public static DataShape AlertDefinition { get; } = Named("AlertDefinition",
        ("name", STRING), ("description", STRING), ("property", STRING), ("alertType", STRING), ("enabled", BOOLEAN), ("priority", INTEGER), ("attributes", INFOTABLE));

    /// <summary>What a service was subscribed to and is there no longer.</summary>
    public static DataShape DynamicSubscriptionInvalidated { get; } = Named("DynamicSubscriptionInvalidated",
        ("thingName", THINGNAME), ("eventName", STRING), ("propertyName", STRING), ("serviceName", STRING));

    /// <summary>The data of Timer.</summary>
    public static DataShape TimerEvent { get; } = Named("TimerEvent", ("timestamp", DATETIME));

    /// <summary>The data of ScheduledEvent.</summary>
    public static DataShape ScheduledEvent { get; } = Named("ScheduledEvent", ("timestamp", DATETIME));

    /// <summary>One row a stream entry with its values as a nested table.</summary>
    public static DataShape StreamEntryWithValues { get; } = Named("StreamEntryWithValues",
        ("timestamp", DATETIME), ("source", STRING), ("sourceType", STRING), ("location", LOCATION), ("tags", TAGS), ("values", INFOTABLE));

    /// <summary>A page of rows, and where the next begins.</summary>
    public static DataShape QueryPage { get; } = Named("QueryPage", ("rows", INFOTABLE), ("cursor", STRING));

    /// <summary>Numbers of one field within a window of time that begins at the timestamp; length is in milliseconds.</summary>
    public static DataShape StreamWindow { get; } = Named("StreamWindow",
        ("timestamp", DATETIME), ("length", NUMBER), ("fieldName", STRING), ("count", LONG), ("mean", NUMBER), ("low", NUMBER), ("high", NUMBER));

    /// <summary>The columns that every entry of a data table has.</summary>
    public static DataShape DataTableEntry => DataTableEntryShape.Entry;

    /// <summary>What has happened to an entry: its id, and what it is.</summary>
    public static DataShape EntryChangeEvent { get; } = Named("EntryChangeEvent", ("id", STRING), ("type", STRING));

    /// <summary>A value of a property at a time, of any kind.</summary>
    public static DataShape ValueStreamEntry { get; } = Named("ValueStreamEntry",
        ("name", STRING), ("source", STRING), ("baseType", BASETYPENAME), ("value", VARIANT), ("timestamp", DATETIME), ("quality", STRING));

    /// <summary>One write has logged several values of a property.</summary>
    public static DataShape HistoricalDataLoggedEvent { get; } = Named("HistoricalDataLoggedEvent",
        ("name", STRING), ("count", INTEGER), ("startDate", DATETIME), ("endDate", DATETIME));

    /// <summary>How a subscriber of this server is doing.</summary>
    public static DataShape SubscriberStatus { get; } = Named("SubscriberStatus",
        ("name", STRING), ("description", STRING), ("enabled", BOOLEAN), ("isConnected", BOOLEAN), ("lastConnection", DATETIME), ("reason", STRING));

    /// <summary>
    /// How a link stands: role is what the other server is to this one, otherView how that one sees the same link, lastProof when the newest write that is
    /// stored there was sent, round trips in milliseconds.
    /// </summary>
    public static DataShape LinkStatus { get; } = Named("LinkStatus",
        ("server", STRING), ("role", STRING), ("state", STRING), ("reason", STRING), ("since", DATETIME), ("otherView", STRING), ("pipes", INTEGER), ("lastProof", DATETIME),
        ("roundTrip", NUMBER), ("longestRoundTrip", NUMBER), ("things", INTEGER), ("waiting", LONG), ("waitingBytes", LONG), ("oldest", DATETIME), ("parked", LONG),
        ("loss", STRING), ("version", STRING), ("serverId", STRING));

    /// <summary>A change of a link's state.</summary>
    public static DataShape LinkChange { get; } = Named("LinkChange", ("time", DATETIME), ("server", STRING), ("role", STRING), ("state", STRING), ("reason", STRING));

    /// <summary>
    /// How a Thing stands that stands for one of another server: state as in LinkStatus, without a value where the other server cannot prove it; reason and since where
    /// there are any; what waits for it and what was refused there.
    /// </summary>
    public static DataShape BoundThing { get; } = Named("BoundThing",
        ("name", THINGNAME), ("thingTemplate", THINGTEMPLATENAME), ("identifier", STRING), ("server", STRING), ("state", STRING), ("reason", STRING), ("since", DATETIME),
        ("waiting", LONG), ("oldest", DATETIME), ("parked", LONG));

    /// <summary>What waits for a Thing of another server, and how many writes were refused there; things are those that stand for it here.</summary>
    public static DataShape OutboxStatus { get; } = Named("OutboxStatus",
        ("server", STRING), ("things", STRING), ("waiting", LONG), ("bytes", LONG), ("oldest", DATETIME), ("parked", LONG), ("reason", STRING), ("isRefused", BOOLEAN));

    /// <summary>A write that another server refused: its service, who called it, when it was taken here, why it was refused, and its parameters.</summary>
    public static DataShape ParkedEntry { get; } = Named("ParkedEntry",
        ("number", STRING), ("thing", THINGNAME), ("service", STRING), ("caller", STRING), ("accepted", DATETIME), ("reason", STRING), ("parameters", INFOTABLE));

    /// <summary>A step of a test of a subscriber: result is passed, warned, failed or skipped, duration is in milliseconds.</summary>
    public static DataShape SubscriberTest { get; } = Named("SubscriberTest",
        ("step", STRING), ("result", STRING), ("duration", NUMBER), ("text", STRING));

    /// <summary>A published Thing as a user who publishes it would show it.</summary>
    public static DataShape PublicationPreview { get; } = Named("PublicationPreview",
        ("name", THINGNAME), ("description", STRING), ("thingTemplate", THINGTEMPLATENAME), ("isVisible", BOOLEAN), ("isWritable", BOOLEAN), ("services", INTEGER));

    /// <summary>A Thing of another server that is offered to this one; fields are those of its Data Shape there, usedBy is the Thing here that stands for it.</summary>
    public static DataShape OfferedThing { get; } = Named("OfferedThing",
        ("name", STRING), ("server", STRING), ("identifier", STRING), ("thingTemplate", STRING), ("dataShape", STRING), ("fields", INFOTABLE), ("usedBy", THINGNAME));

    /// <summary>A bound name without a Thing.</summary>
    public static DataShape BoundName { get; } = Named("BoundName", ("name", STRING), ("isIdentifier", BOOLEAN));

    /// <summary>A remote Thing and its other end.</summary>
    public static DataShape DeviceStatus { get; } = Named("DeviceStatus",
        ("name", STRING), ("description", STRING), ("identifier", STRING), ("thingTemplate", THINGTEMPLATENAME), ("isConnected", BOOLEAN), ("isReporting", BOOLEAN),
        ("lastConnection", DATETIME), ("tags", TAGS));

    /// <summary>An entity that was found; read, update and delete tell what the caller may do with it.</summary>
    public static DataShape SpotlightSearch { get; } = Named("SpotlightSearch",
        ("name", STRING), ("description", STRING), ("type", STRING), ("parentName", STRING), ("parentType", STRING), ("lastModifiedDate", DATETIME), ("id", STRING),
        ("projectName", STRING), ("tags", TAGS), ("isSystemObject", BOOLEAN), ("isExtension", BOOLEAN), ("isEditable", BOOLEAN), ("read", BOOLEAN), ("update", BOOLEAN), ("delete", BOOLEAN));

    /// <summary>How a subsystem is doing.</summary>
    public static DataShape SubsystemStatus { get; } = Named("SubsystemStatus", ("name", STRING), ("description", STRING), ("status", STRING), ("autoStart", BOOLEAN), ("canStop", BOOLEAN));

    /// <summary>When an application key ends.</summary>
    public static DataShape ApplicationKeyExpirationInfo { get; } = Named("ApplicationKeyExpirationInfo",
        ("name", STRING), ("userName", USERNAME), ("expirationDate", DATETIME), ("isExpired", BOOLEAN));

    /// <summary>A property that the remote end is to push.</summary>
    public static DataShape EdgeThingPropertyNotification { get; } = Named("EdgeThingPropertyNotification",
        ("edgeName", STRING), ("pushType", STRING), ("pushThreshold", NUMBER));

    /// <summary>An event that the remote end is to send.</summary>
    public static DataShape EdgeThingEventNotification { get; } = Named("EdgeThingEventNotification", ("edgeName", STRING));

    /// <summary>An event that the remote end sends.</summary>
    public static DataShape RemoteEvent { get; } = Named("RemoteEvent",
        ("name", STRING), ("sourceName", STRING), ("eventName", STRING), ("eventTime", DATETIME), ("eventData", INFOTABLE));

    /// <summary>A write or call that waits for the remote end.</summary>
    public static DataShape MessageStoreList { get; } = Named("MessageStoreList",
        ("ID", STRING), ("Type", STRING), ("Name", STRING), ("Value", INFOTABLE), ("ConnectedThing", THINGNAME), ("Timestamp", DATETIME));

    /// <summary>A series for InfoTableFunctions.Combine: its name, its rows, and which of their columns hold time (timestamp) and value (value).</summary>
    public static DataShape TimeSeriesDataset { get; } = Named("TimeSeriesDataset",
        ("name", STRING), ("data", INFOTABLE), ("timestampColumn", STRING), ("valueColumn", STRING));

    /// <summary>A figure.</summary>
    public static DataShape ThingworxMetric { get; } = Named("ThingworxMetric", ("name", STRING), ("description", STRING), ("value", NUMBER));

    /// <summary>A row of a list of entities.</summary>
    public static DataShape RootEntityList { get; } = Named("RootEntityList",
        ("name", STRING), ("description", STRING), ("homeMashup", MASHUPNAME), ("avatar", IMAGELINK), ("isSystemObject", BOOLEAN),
        ("tags", TAGS), ("projectName", STRING), ("lastModifiedDate", DATETIME), ("type", STRING));

    /// <summary>A permission that concerns no member: name, type, permissionName, isPermitted.</summary>
    public static DataShape Permissions { get; } = Named("Permissions", ("name", STRING), ("type", STRING), ("permissionName", STRING), ("isPermitted", BOOLEAN));

    /// <summary>A permission: name, type, permissionName, isPermitted, resourceName.</summary>
    public static DataShape RunTimePermissions { get; } = Named("RunTimePermissions",
        ("name", STRING), ("type", STRING), ("permissionName", STRING), ("isPermitted", BOOLEAN), ("resourceName", STRING));

    /// <summary>A row of a property's definition.</summary>
    public static DataShape PropertyDefinition { get; } = Named("PropertyDefinition",
        ("name", STRING), ("description", STRING), ("baseType", BASETYPENAME), ("category", STRING), ("ordinal", INTEGER),
        ("isPersistent", BOOLEAN), ("isLogged", BOOLEAN), ("isReadOnly", BOOLEAN), ("isLocalOnly", BOOLEAN), ("aspects", JSON));

    /// <summary>A row of a Data Shape's fields.</summary>
    public static DataShape FieldDefinition { get; } = Named("FieldDefinition",
        ("name", STRING), ("description", STRING), ("baseType", BASETYPENAME), ("ordinal", INTEGER), ("isPrimaryKey", BOOLEAN),
        ("dataShape", DATASHAPENAME), ("aspects", JSON));

    /// <summary>An entry of a blog. <c>entryId</c> is its own id; <c>comments</c> is filled by services with comments.</summary>
    public static DataShape BlogEntry { get; } = OfPage("BlogEntry",
        ("id", STRING), ("entryId", STRING), ("parentId", STRING), ("type", STRING), ("title", STRING), ("content", STRING), ("source", STRING),
        ("sourceType", STRING), ("timestamp", DATETIME), ("lastUpdated", DATETIME), ("location", LOCATION), ("tags", TAGS), ("isSticky", BOOLEAN),
        ("count", INTEGER), ("ratingAverage", NUMBER), ("ratingCount", INTEGER), ("comments", INFOTABLE));

    /// <summary>An entry of a blog with its comments.</summary>
    public static DataShape BlogEntryWithComments { get; } = new(BlogEntry.Fields, "BlogEntryWithComments");

    /// <summary>A page of a wiki. <c>entryId</c> is its own id; <c>comments</c> is filled by services with comments.</summary>
    public static DataShape WikiPage { get; } = OfPage("WikiPage",
        ("id", STRING), ("entryId", STRING), ("parentId", STRING), ("type", STRING), ("title", STRING), ("content", STRING), ("source", STRING),
        ("sourceType", STRING), ("timestamp", DATETIME), ("location", LOCATION), ("tags", TAGS), ("count", INTEGER), ("ratingAverage", NUMBER),
        ("ratingCount", INTEGER), ("comments", INFOTABLE));

    /// <summary>A page of a wiki with its comments.</summary>
    public static DataShape WikiPageWithComments { get; } = new(WikiPage.Fields, "WikiPageWithComments");

    /// <summary>A comment: <c>entryId</c> is what it is on, <c>parentId</c> the comment that it answers.</summary>
    public static DataShape Comment { get; } = OfPage("Comment",
        ("id", STRING), ("entryId", STRING), ("parentId", STRING), ("type", STRING), ("title", STRING), ("content", STRING), ("source", STRING),
        ("sourceType", STRING), ("timestamp", DATETIME), ("location", LOCATION), ("tags", TAGS), ("ratingAverage", NUMBER), ("ratingCount", INTEGER),
        ("comments", INFOTABLE));

    /// <summary>The title of a page and where it is.</summary>
    public static DataShape WikiPageList { get; } = Named("WikiPageList", ("id", STRING), ("title", STRING), ("parentId", STRING));

    /// <summary>A page after a change: <c>type</c> is Add, Update or Delete, <c>entryId</c> the page.</summary>
    public static DataShape WikiHistory { get; } = Named("WikiHistory",
        ("id", STRING), ("entryId", STRING), ("parentId", STRING), ("type", STRING), ("content", STRING), ("source", STRING), ("sourceType", STRING),
        ("timestamp", DATETIME), ("location", LOCATION), ("tags", TAGS));

    /// <summary>A day and how many entries and comments it brought.</summary>
    public static DataShape BlogHistory { get; } = Named("BlogHistory", ("timestamp", DATETIME), ("count", INTEGER));

    /// <summary>A file or directory of a repository: fileType is F or D, path begins at the repository's top (spec alwayson 5.6).</summary>
    public static DataShape FileSystemFile { get; } = Named("FileSystemFile",
        ("name", STRING), ("path", STRING), ("size", NUMBER), ("fileType", STRING), ("lastModifiedDate", DATETIME));

    /// <summary>A file of a repository, and where it is downloaded.</summary>
    public static DataShape FileSystemFileWithLink { get; } = Named("FileSystemFileWithLink",
        ("name", STRING), ("path", STRING), ("size", NUMBER), ("fileType", STRING), ("lastModifiedDate", DATETIME), ("downloadLink", HYPERLINK));

    /// <summary>A directory of a repository, and the one that it is in.</summary>
    public static DataShape FileSystemDirectory { get; } = Named("FileSystemDirectory", ("name", STRING), ("path", STRING), ("parentPath", STRING));

    private static readonly FrozenDictionary<string, DataShape> All = new[]
    {
        FileSystemFile, FileSystemFileWithLink, FileSystemDirectory,
        JournalShapes.LogEntry, JournalShapes.AuditEntry, StreamEntryShape.Entry, DataTableEntryShape.Entry, QueryPage, StreamWindow, EntryChangeEvent, EntityList, Vtq, NamedVtq, DataChangeEvent, AnyDataChangeEvent, TimerEvent, ScheduledEvent, DynamicSubscriptionInvalidated, AlertEvent, AlertSummary, AlertHistory, AlertDefinition, StreamEntryWithValues, ValueStreamEntry, HistoricalDataLoggedEvent,
        BlogEntry, BlogEntryWithComments, WikiPage, WikiPageWithComments, Comment, WikiPageList, WikiHistory, BlogHistory,
        DeviceStatus, SpotlightSearch, SubsystemStatus, ApplicationKeyExpirationInfo, SubscriberStatus, LinkStatus, LinkChange, BoundThing, OutboxStatus, ParkedEntry, SubscriberTest, PublicationPreview, OfferedThing, BoundName, EdgeThingPropertyNotification, EdgeThingEventNotification, RemoteEvent, MessageStoreList, TimeSeriesDataset, ThingworxMetric, RootEntityList, Permissions, RunTimePermissions, PropertyDefinition, FieldDefinition,
    }.Concat(HistoryTypes.All.Select(kind => HistoryTypes.Shape(kind.Type, withOrigin: false))).ToFrozenDictionary(shape => shape.Name!, StringComparer.Ordinal);

    /// <summary>The shape of that name, null where it is none of these.</summary>
    public static DataShape? Find(string name) => All.GetValueOrDefault(name);

    private static DataShape Named(string name, params ReadOnlySpan<(string, BaseType)> fields) => new(DataShape.Of(fields).Fields, name);

    private static DataShape OfPage(string name, params ReadOnlySpan<(string, BaseType)> fields) => new(DataShape.Of(fields).Fields.Select(field =>
        field.BaseType == INFOTABLE ? field with { Aspects = Aspects.Of(("dataShape", Value.String("Comment"))) } : field), name);
}
