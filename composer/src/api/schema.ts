// Written by `npm run schema` from the server's OpenAPI document; not edited by hand.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        InfoTable: {
            dataShape?: Record<string, unknown>;
            rows?: Record<string, unknown>[];
        };
        Services: {
            "Resources/AlertFunctions": {
                GetAlertSummary: {
                    /** @default 500 */
                    maxItems?: number;
                    onlyAcknowledged?: boolean;
                    onlyUnacknowledged?: boolean;
                };
                QueryAlertHistory: {
                    /** @description Milliseconds since 1970, or ISO 8601. */
                    endDate?: number | string;
                    /** @default 500 */
                    maxItems?: number;
                    oldestFirst?: boolean;
                    query?: Record<string, unknown>;
                    /** @description Milliseconds since 1970, or ISO 8601. */
                    startDate?: number | string;
                };
            };
            "Resources/CollectionFunctions": {
                AddCollectionDesignTimePermission: {
                    /** @default true */
                    allow?: boolean;
                    collectionName: string;
                    principal: string;
                    principalType: string;
                    type: string;
                };
                AddCollectionRunTimePermission: {
                    /** @default true */
                    allow?: boolean;
                    collectionName: string;
                    principal: string;
                    principalType: string;
                    resource?: string;
                    type: string;
                };
                AddCollectionVisibilityPermission: {
                    collectionName: string;
                    principal: string;
                    principalType: string;
                };
                DeleteCollectionDesignTimePermission: {
                    collectionName: string;
                    principal: string;
                    principalType: string;
                    type: string;
                };
                DeleteCollectionRunTimePermission: {
                    collectionName: string;
                    principal: string;
                    principalType: string;
                    resource?: string;
                    type: string;
                };
                DeleteCollectionVisibilityPermission: {
                    collectionName: string;
                    principal: string;
                    principalType: string;
                };
                GetCollectionDesignTimePermissions: {
                    collectionName: string;
                };
                GetCollectionRunTimePermissions: {
                    collectionName: string;
                };
                GetCollectionVisibilityPermissions: {
                    collectionName: string;
                };
            };
            "Resources/ContentLoaderFunctions": {
                Delete: {
                    /** @description Of NTLM; without meaning here. */
                    domain?: string;
                    /** @description Headers: an object of texts. */
                    headers?: Record<string, unknown>;
                    /** @description Takes any certificate, also a forged one. */
                    ignoreSSLErrors?: boolean;
                    /** @description With username: sent as Basic authentication. */
                    password?: string;
                    /** @description The proxy's host, which must be one that may be reached. */
                    proxyHost?: string;
                    /**
                     * Format: int32
                     * @description The proxy's port; 80 where none is given.
                     */
                    proxyPort?: number;
                    /** @description http (default) or https: how the proxy itself is spoken to. */
                    proxyScheme?: string;
                    /** @description Seconds for the whole call; what the server is set to where none are given, and never more than it is set to. */
                    timeout?: number;
                    /** @description Where to: http or https, without user and password in it. */
                    url: string;
                    /** @description Refused: NTLM does not exist here. */
                    useNTLM?: boolean;
                    /** @description Goes through the proxy that is named. */
                    useProxy?: boolean;
                    /** @description With password: sent as Basic authentication. */
                    username?: string;
                    /** @description Refused: the result has no place for them; GetCookies gives them. */
                    withCookies?: boolean;
                    /** @description Of NTLM; without meaning here. */
                    workstation?: string;
                };
                GetCookies: {
                    /** @description Of NTLM; without meaning here. */
                    domain?: string;
                    /** @description Headers: an object of texts. */
                    headers?: Record<string, unknown>;
                    /** @description Takes any certificate, also a forged one. */
                    ignoreSSLErrors?: boolean;
                    /** @description With username: sent as Basic authentication. */
                    password?: string;
                    /** @description The proxy's host, which must be one that may be reached. */
                    proxyHost?: string;
                    /**
                     * Format: int32
                     * @description The proxy's port; 80 where none is given.
                     */
                    proxyPort?: number;
                    /** @description http (default) or https: how the proxy itself is spoken to. */
                    proxyScheme?: string;
                    /** @description Seconds for the whole call; what the server is set to where none are given, and never more than it is set to. */
                    timeout?: number;
                    /** @description Where to: http or https, without user and password in it. */
                    url: string;
                    /** @description Refused: NTLM does not exist here. */
                    useNTLM?: boolean;
                    /** @description Goes through the proxy that is named. */
                    useProxy?: boolean;
                    /** @description With password: sent as Basic authentication. */
                    username?: string;
                    /** @description Of NTLM; without meaning here. */
                    workstation?: string;
                };
                GetJSON: {
                    /** @description Of NTLM; without meaning here. */
                    domain?: string;
                    /** @description Headers: an object of texts. */
                    headers?: Record<string, unknown>;
                    /** @description Takes any certificate, also a forged one. */
                    ignoreSSLErrors?: boolean;
                    /** @description With username: sent as Basic authentication. */
                    password?: string;
                    /** @description The proxy's host, which must be one that may be reached. */
                    proxyHost?: string;
                    /**
                     * Format: int32
                     * @description The proxy's port; 80 where none is given.
                     */
                    proxyPort?: number;
                    /** @description http (default) or https: how the proxy itself is spoken to. */
                    proxyScheme?: string;
                    /** @description Seconds for the whole call; what the server is set to where none are given, and never more than it is set to. */
                    timeout?: number;
                    /** @description Where to: http or https, without user and password in it. */
                    url: string;
                    /** @description Refused: NTLM does not exist here. */
                    useNTLM?: boolean;
                    /** @description Goes through the proxy that is named. */
                    useProxy?: boolean;
                    /** @description With password: sent as Basic authentication. */
                    username?: string;
                    /** @description Adds cookies, as GetCookies gives them, to the result. */
                    withCookies?: boolean;
                    /** @description Of NTLM; without meaning here. */
                    workstation?: string;
                };
                GetText: {
                    /** @description Refused: the result is the text alone. */
                    appendHeader?: boolean;
                    /** @description Of NTLM; without meaning here. */
                    domain?: string;
                    /** @description Headers: an object of texts. */
                    headers?: Record<string, unknown>;
                    /** @description Takes any certificate, also a forged one. */
                    ignoreSSLErrors?: boolean;
                    /** @description With username: sent as Basic authentication. */
                    password?: string;
                    /** @description The proxy's host, which must be one that may be reached. */
                    proxyHost?: string;
                    /**
                     * Format: int32
                     * @description The proxy's port; 80 where none is given.
                     */
                    proxyPort?: number;
                    /** @description http (default) or https: how the proxy itself is spoken to. */
                    proxyScheme?: string;
                    /** @description Seconds for the whole call; what the server is set to where none are given, and never more than it is set to. */
                    timeout?: number;
                    /** @description Where to: http or https, without user and password in it. */
                    url: string;
                    /** @description Refused: NTLM does not exist here. */
                    useNTLM?: boolean;
                    /** @description Goes through the proxy that is named. */
                    useProxy?: boolean;
                    /** @description With password: sent as Basic authentication. */
                    username?: string;
                    /** @description Refused: the result has no place for them; GetCookies gives them. */
                    withCookies?: boolean;
                    /** @description Of NTLM; without meaning here. */
                    workstation?: string;
                };
                GetXML: {
                    /** @description Of NTLM; without meaning here. */
                    domain?: string;
                    /** @description Headers: an object of texts. */
                    headers?: Record<string, unknown>;
                    /** @description Takes any certificate, also a forged one. */
                    ignoreSSLErrors?: boolean;
                    /** @description With username: sent as Basic authentication. */
                    password?: string;
                    /** @description The proxy's host, which must be one that may be reached. */
                    proxyHost?: string;
                    /**
                     * Format: int32
                     * @description The proxy's port; 80 where none is given.
                     */
                    proxyPort?: number;
                    /** @description http (default) or https: how the proxy itself is spoken to. */
                    proxyScheme?: string;
                    /** @description Seconds for the whole call; what the server is set to where none are given, and never more than it is set to. */
                    timeout?: number;
                    /** @description Where to: http or https, without user and password in it. */
                    url: string;
                    /** @description Refused: NTLM does not exist here. */
                    useNTLM?: boolean;
                    /** @description Goes through the proxy that is named. */
                    useProxy?: boolean;
                    /** @description With password: sent as Basic authentication. */
                    username?: string;
                    /** @description Refused: the result has no place for them; GetCookies gives them. */
                    withCookies?: boolean;
                    /** @description Of NTLM; without meaning here. */
                    workstation?: string;
                };
                LoadBinary: {
                    /** @description Of NTLM; without meaning here. */
                    domain?: string;
                    /** @description Headers: an object of texts. */
                    headers?: Record<string, unknown>;
                    /** @description Takes any certificate, also a forged one. */
                    ignoreSSLErrors?: boolean;
                    /** @description With username: sent as Basic authentication. */
                    password?: string;
                    /** @description The proxy's host, which must be one that may be reached. */
                    proxyHost?: string;
                    /**
                     * Format: int32
                     * @description The proxy's port; 80 where none is given.
                     */
                    proxyPort?: number;
                    /** @description http (default) or https: how the proxy itself is spoken to. */
                    proxyScheme?: string;
                    /** @description Seconds for the whole call; what the server is set to where none are given, and never more than it is set to. */
                    timeout?: number;
                    /** @description Where to: http or https, without user and password in it. */
                    url: string;
                    /** @description Refused: NTLM does not exist here. */
                    useNTLM?: boolean;
                    /** @description Goes through the proxy that is named. */
                    useProxy?: boolean;
                    /** @description With password: sent as Basic authentication. */
                    username?: string;
                    /** @description Of NTLM; without meaning here. */
                    workstation?: string;
                };
                LoadImage: {
                    /** @description Of NTLM; without meaning here. */
                    domain?: string;
                    /** @description Headers: an object of texts. */
                    headers?: Record<string, unknown>;
                    /** @description Takes any certificate, also a forged one. */
                    ignoreSSLErrors?: boolean;
                    /** @description With username: sent as Basic authentication. */
                    password?: string;
                    /** @description The proxy's host, which must be one that may be reached. */
                    proxyHost?: string;
                    /**
                     * Format: int32
                     * @description The proxy's port; 80 where none is given.
                     */
                    proxyPort?: number;
                    /** @description http (default) or https: how the proxy itself is spoken to. */
                    proxyScheme?: string;
                    /** @description Seconds for the whole call; what the server is set to where none are given, and never more than it is set to. */
                    timeout?: number;
                    /** @description Where to: http or https, without user and password in it. */
                    url: string;
                    /** @description Refused: NTLM does not exist here. */
                    useNTLM?: boolean;
                    /** @description Goes through the proxy that is named. */
                    useProxy?: boolean;
                    /** @description With password: sent as Basic authentication. */
                    username?: string;
                    /** @description Of NTLM; without meaning here. */
                    workstation?: string;
                };
                LoadJSON: {
                    /** @description Of NTLM; without meaning here. */
                    domain?: string;
                    /** @description Headers: an object of texts. */
                    headers?: Record<string, unknown>;
                    /** @description Takes any certificate, also a forged one. */
                    ignoreSSLErrors?: boolean;
                    /** @description With username: sent as Basic authentication. */
                    password?: string;
                    /** @description The proxy's host, which must be one that may be reached. */
                    proxyHost?: string;
                    /**
                     * Format: int32
                     * @description The proxy's port; 80 where none is given.
                     */
                    proxyPort?: number;
                    /** @description http (default) or https: how the proxy itself is spoken to. */
                    proxyScheme?: string;
                    /** @description Seconds for the whole call; what the server is set to where none are given, and never more than it is set to. */
                    timeout?: number;
                    /** @description Where to: http or https, without user and password in it. */
                    url: string;
                    /** @description Refused: NTLM does not exist here. */
                    useNTLM?: boolean;
                    /** @description Goes through the proxy that is named. */
                    useProxy?: boolean;
                    /** @description With password: sent as Basic authentication. */
                    username?: string;
                    /** @description Adds cookies, as GetCookies gives them, to the result. */
                    withCookies?: boolean;
                    /** @description Of NTLM; without meaning here. */
                    workstation?: string;
                };
                LoadMediaEntity: {
                    description?: string;
                    /** @description Of NTLM; without meaning here. */
                    domain?: string;
                    /** @description Headers: an object of texts. */
                    headers?: Record<string, unknown>;
                    /** @description Takes any certificate, also a forged one. */
                    ignoreSSLErrors?: boolean;
                    name?: string;
                    /** @description With username: sent as Basic authentication. */
                    password?: string;
                    /** @description The proxy's host, which must be one that may be reached. */
                    proxyHost?: string;
                    /**
                     * Format: int32
                     * @description The proxy's port; 80 where none is given.
                     */
                    proxyPort?: number;
                    /** @description http (default) or https: how the proxy itself is spoken to. */
                    proxyScheme?: string;
                    tags?: string;
                    /** @description Seconds for the whole call; what the server is set to where none are given, and never more than it is set to. */
                    timeout?: number;
                    /** @description Where to: http or https, without user and password in it. */
                    url: string;
                    /** @description Refused: NTLM does not exist here. */
                    useNTLM?: boolean;
                    /** @description Goes through the proxy that is named. */
                    useProxy?: boolean;
                    /** @description With password: sent as Basic authentication. */
                    username?: string;
                    /** @description Of NTLM; without meaning here. */
                    workstation?: string;
                };
                LoadText: {
                    /** @description Refused: the result is the text alone. */
                    appendHeader?: boolean;
                    /** @description Of NTLM; without meaning here. */
                    domain?: string;
                    /** @description Headers: an object of texts. */
                    headers?: Record<string, unknown>;
                    /** @description Takes any certificate, also a forged one. */
                    ignoreSSLErrors?: boolean;
                    /** @description With username: sent as Basic authentication. */
                    password?: string;
                    /** @description The proxy's host, which must be one that may be reached. */
                    proxyHost?: string;
                    /**
                     * Format: int32
                     * @description The proxy's port; 80 where none is given.
                     */
                    proxyPort?: number;
                    /** @description http (default) or https: how the proxy itself is spoken to. */
                    proxyScheme?: string;
                    /** @description Seconds for the whole call; what the server is set to where none are given, and never more than it is set to. */
                    timeout?: number;
                    /** @description Where to: http or https, without user and password in it. */
                    url: string;
                    /** @description Refused: NTLM does not exist here. */
                    useNTLM?: boolean;
                    /** @description Goes through the proxy that is named. */
                    useProxy?: boolean;
                    /** @description With password: sent as Basic authentication. */
                    username?: string;
                    /** @description Refused: the result has no place for them; GetCookies gives them. */
                    withCookies?: boolean;
                    /** @description Of NTLM; without meaning here. */
                    workstation?: string;
                };
                LoadXML: {
                    /** @description Of NTLM; without meaning here. */
                    domain?: string;
                    /** @description Headers: an object of texts. */
                    headers?: Record<string, unknown>;
                    /** @description Takes any certificate, also a forged one. */
                    ignoreSSLErrors?: boolean;
                    /** @description With username: sent as Basic authentication. */
                    password?: string;
                    /** @description The proxy's host, which must be one that may be reached. */
                    proxyHost?: string;
                    /**
                     * Format: int32
                     * @description The proxy's port; 80 where none is given.
                     */
                    proxyPort?: number;
                    /** @description http (default) or https: how the proxy itself is spoken to. */
                    proxyScheme?: string;
                    /** @description Seconds for the whole call; what the server is set to where none are given, and never more than it is set to. */
                    timeout?: number;
                    /** @description Where to: http or https, without user and password in it. */
                    url: string;
                    /** @description Refused: NTLM does not exist here. */
                    useNTLM?: boolean;
                    /** @description Goes through the proxy that is named. */
                    useProxy?: boolean;
                    /** @description With password: sent as Basic authentication. */
                    username?: string;
                    /** @description Refused: the result has no place for them; GetCookies gives them. */
                    withCookies?: boolean;
                    /** @description Of NTLM; without meaning here. */
                    workstation?: string;
                };
                PostBinary: {
                    content?: string;
                    /** @description Of NTLM; without meaning here. */
                    domain?: string;
                    /** @description Headers: an object of texts. */
                    headers?: Record<string, unknown>;
                    /** @description Takes any certificate, also a forged one. */
                    ignoreSSLErrors?: boolean;
                    /** @description With username: sent as Basic authentication. */
                    password?: string;
                    /** @description The proxy's host, which must be one that may be reached. */
                    proxyHost?: string;
                    /**
                     * Format: int32
                     * @description The proxy's port; 80 where none is given.
                     */
                    proxyPort?: number;
                    /** @description http (default) or https: how the proxy itself is spoken to. */
                    proxyScheme?: string;
                    /** @description Seconds for the whole call; what the server is set to where none are given, and never more than it is set to. */
                    timeout?: number;
                    /** @description Where to: http or https, without user and password in it. */
                    url: string;
                    /** @description Refused: NTLM does not exist here. */
                    useNTLM?: boolean;
                    /** @description Goes through the proxy that is named. */
                    useProxy?: boolean;
                    /** @description With password: sent as Basic authentication. */
                    username?: string;
                    /** @description Of NTLM; without meaning here. */
                    workstation?: string;
                };
                PostImage: {
                    content?: string;
                    /** @description Of NTLM; without meaning here. */
                    domain?: string;
                    /** @description Headers: an object of texts. */
                    headers?: Record<string, unknown>;
                    /** @description Takes any certificate, also a forged one. */
                    ignoreSSLErrors?: boolean;
                    /** @default image/png */
                    mimeType?: string;
                    /** @description With username: sent as Basic authentication. */
                    password?: string;
                    /** @description The proxy's host, which must be one that may be reached. */
                    proxyHost?: string;
                    /**
                     * Format: int32
                     * @description The proxy's port; 80 where none is given.
                     */
                    proxyPort?: number;
                    /** @description http (default) or https: how the proxy itself is spoken to. */
                    proxyScheme?: string;
                    /** @description Seconds for the whole call; what the server is set to where none are given, and never more than it is set to. */
                    timeout?: number;
                    /** @description Where to: http or https, without user and password in it. */
                    url: string;
                    /** @description Refused: NTLM does not exist here. */
                    useNTLM?: boolean;
                    /** @description Goes through the proxy that is named. */
                    useProxy?: boolean;
                    /** @description With password: sent as Basic authentication. */
                    username?: string;
                    /** @description Of NTLM; without meaning here. */
                    workstation?: string;
                };
                PostJSON: {
                    content?: Record<string, unknown>;
                    /** @description Of NTLM; without meaning here. */
                    domain?: string;
                    /** @description Headers: an object of texts. */
                    headers?: Record<string, unknown>;
                    /** @description Takes any certificate, also a forged one. */
                    ignoreSSLErrors?: boolean;
                    /** @description With username: sent as Basic authentication. */
                    password?: string;
                    /** @description The proxy's host, which must be one that may be reached. */
                    proxyHost?: string;
                    /**
                     * Format: int32
                     * @description The proxy's port; 80 where none is given.
                     */
                    proxyPort?: number;
                    /** @description http (default) or https: how the proxy itself is spoken to. */
                    proxyScheme?: string;
                    /** @description Seconds for the whole call; what the server is set to where none are given, and never more than it is set to. */
                    timeout?: number;
                    /** @description Where to: http or https, without user and password in it. */
                    url: string;
                    /** @description Refused: NTLM does not exist here. */
                    useNTLM?: boolean;
                    /** @description Goes through the proxy that is named. */
                    useProxy?: boolean;
                    /** @description With password: sent as Basic authentication. */
                    username?: string;
                    /** @description Adds cookies, as GetCookies gives them, to the result. */
                    withCookies?: boolean;
                    /** @description Of NTLM; without meaning here. */
                    workstation?: string;
                };
                PostMultipart: {
                    /** @description Of NTLM; without meaning here. */
                    domain?: string;
                    /** @description Headers: an object of texts. */
                    headers?: Record<string, unknown>;
                    /** @description Takes any certificate, also a forged one. */
                    ignoreSSLErrors?: boolean;
                    partsToSend: components["schemas"]["InfoTable"];
                    /** @description With username: sent as Basic authentication. */
                    password?: string;
                    /** @description Refused: files of a repository are not sent. */
                    pathOnRepository?: string;
                    /** @description The proxy's host, which must be one that may be reached. */
                    proxyHost?: string;
                    /**
                     * Format: int32
                     * @description The proxy's port; 80 where none is given.
                     */
                    proxyPort?: number;
                    /** @description http (default) or https: how the proxy itself is spoken to. */
                    proxyScheme?: string;
                    /** @description Refused: files of a repository are not sent. */
                    repository?: string;
                    /** @description Seconds for the whole call; what the server is set to where none are given, and never more than it is set to. */
                    timeout?: number;
                    /** @description Where to: http or https, without user and password in it. */
                    url: string;
                    /** @description Refused: NTLM does not exist here. */
                    useNTLM?: boolean;
                    /** @description Goes through the proxy that is named. */
                    useProxy?: boolean;
                    /** @description With password: sent as Basic authentication. */
                    username?: string;
                    /** @description Of NTLM; without meaning here. */
                    workstation?: string;
                };
                PostText: {
                    content?: string;
                    /** @default text/plain */
                    contentType?: string;
                    /** @description Of NTLM; without meaning here. */
                    domain?: string;
                    /** @description Headers: an object of texts. */
                    headers?: Record<string, unknown>;
                    /** @description Takes any certificate, also a forged one. */
                    ignoreSSLErrors?: boolean;
                    /** @description With username: sent as Basic authentication. */
                    password?: string;
                    /** @description The proxy's host, which must be one that may be reached. */
                    proxyHost?: string;
                    /**
                     * Format: int32
                     * @description The proxy's port; 80 where none is given.
                     */
                    proxyPort?: number;
                    /** @description http (default) or https: how the proxy itself is spoken to. */
                    proxyScheme?: string;
                    /** @description Seconds for the whole call; what the server is set to where none are given, and never more than it is set to. */
                    timeout?: number;
                    /** @description Where to: http or https, without user and password in it. */
                    url: string;
                    /** @description Refused: NTLM does not exist here. */
                    useNTLM?: boolean;
                    /** @description Goes through the proxy that is named. */
                    useProxy?: boolean;
                    /** @description With password: sent as Basic authentication. */
                    username?: string;
                    /** @description Refused: the result has no place for them; GetCookies gives them. */
                    withCookies?: boolean;
                    /** @description Of NTLM; without meaning here. */
                    workstation?: string;
                };
                PostXML: {
                    content?: string;
                    /** @description Of NTLM; without meaning here. */
                    domain?: string;
                    /** @description Headers: an object of texts. */
                    headers?: Record<string, unknown>;
                    /** @description Takes any certificate, also a forged one. */
                    ignoreSSLErrors?: boolean;
                    /** @description With username: sent as Basic authentication. */
                    password?: string;
                    /** @description The proxy's host, which must be one that may be reached. */
                    proxyHost?: string;
                    /**
                     * Format: int32
                     * @description The proxy's port; 80 where none is given.
                     */
                    proxyPort?: number;
                    /** @description http (default) or https: how the proxy itself is spoken to. */
                    proxyScheme?: string;
                    /** @description Seconds for the whole call; what the server is set to where none are given, and never more than it is set to. */
                    timeout?: number;
                    /** @description Where to: http or https, without user and password in it. */
                    url: string;
                    /** @description Refused: NTLM does not exist here. */
                    useNTLM?: boolean;
                    /** @description Goes through the proxy that is named. */
                    useProxy?: boolean;
                    /** @description With password: sent as Basic authentication. */
                    username?: string;
                    /** @description Refused: the result has no place for them; GetCookies gives them. */
                    withCookies?: boolean;
                    /** @description Of NTLM; without meaning here. */
                    workstation?: string;
                };
                PutBinary: {
                    content?: string;
                    /** @description Of NTLM; without meaning here. */
                    domain?: string;
                    /** @description Headers: an object of texts. */
                    headers?: Record<string, unknown>;
                    /** @description Takes any certificate, also a forged one. */
                    ignoreSSLErrors?: boolean;
                    /** @description With username: sent as Basic authentication. */
                    password?: string;
                    /** @description The proxy's host, which must be one that may be reached. */
                    proxyHost?: string;
                    /**
                     * Format: int32
                     * @description The proxy's port; 80 where none is given.
                     */
                    proxyPort?: number;
                    /** @description http (default) or https: how the proxy itself is spoken to. */
                    proxyScheme?: string;
                    /** @description Seconds for the whole call; what the server is set to where none are given, and never more than it is set to. */
                    timeout?: number;
                    /** @description Where to: http or https, without user and password in it. */
                    url: string;
                    /** @description Refused: NTLM does not exist here. */
                    useNTLM?: boolean;
                    /** @description Goes through the proxy that is named. */
                    useProxy?: boolean;
                    /** @description With password: sent as Basic authentication. */
                    username?: string;
                    /** @description Of NTLM; without meaning here. */
                    workstation?: string;
                };
                PutJSON: {
                    content?: Record<string, unknown>;
                    /** @description Of NTLM; without meaning here. */
                    domain?: string;
                    /** @description Headers: an object of texts. */
                    headers?: Record<string, unknown>;
                    /** @description Takes any certificate, also a forged one. */
                    ignoreSSLErrors?: boolean;
                    /** @description With username: sent as Basic authentication. */
                    password?: string;
                    /** @description The proxy's host, which must be one that may be reached. */
                    proxyHost?: string;
                    /**
                     * Format: int32
                     * @description The proxy's port; 80 where none is given.
                     */
                    proxyPort?: number;
                    /** @description http (default) or https: how the proxy itself is spoken to. */
                    proxyScheme?: string;
                    /** @description Seconds for the whole call; what the server is set to where none are given, and never more than it is set to. */
                    timeout?: number;
                    /** @description Where to: http or https, without user and password in it. */
                    url: string;
                    /** @description Refused: NTLM does not exist here. */
                    useNTLM?: boolean;
                    /** @description Goes through the proxy that is named. */
                    useProxy?: boolean;
                    /** @description With password: sent as Basic authentication. */
                    username?: string;
                    /** @description Adds cookies, as GetCookies gives them, to the result. */
                    withCookies?: boolean;
                    /** @description Of NTLM; without meaning here. */
                    workstation?: string;
                };
                PutText: {
                    content?: string;
                    /** @default text/plain */
                    contentType?: string;
                    /** @description Of NTLM; without meaning here. */
                    domain?: string;
                    /** @description Headers: an object of texts. */
                    headers?: Record<string, unknown>;
                    /** @description Takes any certificate, also a forged one. */
                    ignoreSSLErrors?: boolean;
                    /** @description With username: sent as Basic authentication. */
                    password?: string;
                    /** @description The proxy's host, which must be one that may be reached. */
                    proxyHost?: string;
                    /**
                     * Format: int32
                     * @description The proxy's port; 80 where none is given.
                     */
                    proxyPort?: number;
                    /** @description http (default) or https: how the proxy itself is spoken to. */
                    proxyScheme?: string;
                    /** @description Seconds for the whole call; what the server is set to where none are given, and never more than it is set to. */
                    timeout?: number;
                    /** @description Where to: http or https, without user and password in it. */
                    url: string;
                    /** @description Refused: NTLM does not exist here. */
                    useNTLM?: boolean;
                    /** @description Goes through the proxy that is named. */
                    useProxy?: boolean;
                    /** @description With password: sent as Basic authentication. */
                    username?: string;
                    /** @description Refused: the result has no place for them; GetCookies gives them. */
                    withCookies?: boolean;
                    /** @description Of NTLM; without meaning here. */
                    workstation?: string;
                };
                PutXML: {
                    content?: string;
                    /** @description Of NTLM; without meaning here. */
                    domain?: string;
                    /** @description Headers: an object of texts. */
                    headers?: Record<string, unknown>;
                    /** @description Takes any certificate, also a forged one. */
                    ignoreSSLErrors?: boolean;
                    /** @description With username: sent as Basic authentication. */
                    password?: string;
                    /** @description The proxy's host, which must be one that may be reached. */
                    proxyHost?: string;
                    /**
                     * Format: int32
                     * @description The proxy's port; 80 where none is given.
                     */
                    proxyPort?: number;
                    /** @description http (default) or https: how the proxy itself is spoken to. */
                    proxyScheme?: string;
                    /** @description Seconds for the whole call; what the server is set to where none are given, and never more than it is set to. */
                    timeout?: number;
                    /** @description Where to: http or https, without user and password in it. */
                    url: string;
                    /** @description Refused: NTLM does not exist here. */
                    useNTLM?: boolean;
                    /** @description Goes through the proxy that is named. */
                    useProxy?: boolean;
                    /** @description With password: sent as Basic authentication. */
                    username?: string;
                    /** @description Refused: the result has no place for them; GetCookies gives them. */
                    withCookies?: boolean;
                    /** @description Of NTLM; without meaning here. */
                    workstation?: string;
                };
            };
            "Resources/CurrentSessionInfo": {
                GetCurrentUser: Record<string, unknown>;
                GetCurrentUserGroups: Record<string, unknown>;
                GetGlobalSessionValues: Record<string, unknown>;
                SetGlobalSessionBooleanValue: {
                    name: string;
                    value?: boolean;
                };
                SetGlobalSessionDateTimeValue: {
                    name: string;
                    /** @description Milliseconds since 1970, or ISO 8601. */
                    value?: number | string;
                };
                SetGlobalSessionImageValue: {
                    name: string;
                    value?: string;
                };
                SetGlobalSessionInfoTableValue: {
                    name: string;
                    value?: components["schemas"]["InfoTable"];
                };
                SetGlobalSessionIntegerValue: {
                    name: string;
                    /** Format: int32 */
                    value?: number;
                };
                SetGlobalSessionLocationValue: {
                    name: string;
                    value?: Record<string, unknown>;
                };
                SetGlobalSessionLongValue: {
                    name: string;
                    /** Format: int64 */
                    value?: number;
                };
                SetGlobalSessionNumberValue: {
                    name: string;
                    value?: number;
                };
                SetGlobalSessionStringValue: {
                    name: string;
                    value?: string;
                };
                SetGlobalSessionThingCodeValue: {
                    name: string;
                    value?: string;
                };
                SetGlobalSessionVec2Value: {
                    name: string;
                    value?: string;
                };
                SetGlobalSessionVec3Value: {
                    name: string;
                    value?: string;
                };
                SetGlobalSessionVec4Value: {
                    name: string;
                    value?: string;
                };
            };
            "Resources/DeviceFunctions": {
                GetBoundRemoteThings: {
                    /** @default 500 */
                    maxItems?: number;
                };
                GetUnboundIdentifiers: {
                    /** @default 500 */
                    maxItems?: number;
                };
                GetUnboundRemoteThings: {
                    /** @default 500 */
                    maxItems?: number;
                };
                SearchDevices: {
                    /** @default 500 */
                    maxItems?: number;
                    /** @description A pattern for names; * and ? are wildcards. */
                    nameMask?: string;
                    /** @description Over the columns of the result. */
                    query?: Record<string, unknown>;
                    thingTemplate?: string;
                };
            };
            "Resources/EncryptionServices": {
                DecryptPropertyValue: {
                    data: string;
                };
                EncryptPropertyValue: {
                    /** Format: password */
                    data: string;
                };
            };
            "Resources/EntityServices": {
                CloneDataShape: {
                    description?: string;
                    name: string;
                    projectName?: string;
                    sourceDataShapeName: string;
                    tags?: string;
                };
                CloneGroup: {
                    description?: string;
                    name: string;
                    projectName?: string;
                    sourceGroupName: string;
                    tags?: string;
                };
                CloneNetwork: {
                    description?: string;
                    name: string;
                    projectName?: string;
                    sourceNetworkName: string;
                    tags?: string;
                };
                CloneOrganization: {
                    description?: string;
                    name: string;
                    projectName?: string;
                    sourceOrganizationName: string;
                    tags?: string;
                };
                CloneThing: {
                    description?: string;
                    name: string;
                    projectName?: string;
                    sourceThingName: string;
                    tags?: string;
                };
                CloneThingShape: {
                    description?: string;
                    name: string;
                    projectName?: string;
                    sourceThingShapeName: string;
                    tags?: string;
                };
                CloneThingTemplate: {
                    description?: string;
                    name: string;
                    projectName?: string;
                    sourceThingTemplateName: string;
                    tags?: string;
                };
                CloneUser: {
                    description?: string;
                    name: string;
                    projectName?: string;
                    sourceUserName: string;
                    tags?: string;
                };
                CreateApplicationKey: {
                    clientName?: string;
                    description?: string;
                    /** @description Milliseconds since 1970, or ISO 8601. */
                    expirationDate?: number | string;
                    name: string;
                    projectName?: string;
                    tags?: string;
                    user: string;
                    whitelist?: string;
                };
                CreateDataShape: {
                    baseDataShape?: string;
                    description?: string;
                    fields?: components["schemas"]["InfoTable"];
                    name: string;
                    projectName?: string;
                    tags?: string;
                };
                CreateDataTagVocabulary: {
                    description?: string;
                    dynamic?: boolean;
                    name: string;
                    projectName?: string;
                    tags?: string;
                    vocabularyTerms?: components["schemas"]["InfoTable"];
                };
                CreateGroup: {
                    description?: string;
                    name: string;
                    projectName?: string;
                    tags?: string;
                };
                CreateModelTagVocabulary: {
                    description?: string;
                    dynamic?: boolean;
                    name: string;
                    projectName?: string;
                    tags?: string;
                    vocabularyTerms?: components["schemas"]["InfoTable"];
                };
                CreateNetwork: {
                    connections?: components["schemas"]["InfoTable"];
                    description?: string;
                    name: string;
                    projectName?: string;
                    tags?: string;
                };
                CreateOrganization: {
                    description?: string;
                    name: string;
                    projectName?: string;
                    tags?: string;
                    topOUDescription?: string;
                    topOUName?: string;
                };
                CreateProject: {
                    description?: string;
                    name: string;
                    packageVersion?: string;
                    tags?: string;
                };
                CreateThing: {
                    description?: string;
                    name: string;
                    projectName?: string;
                    tags?: string;
                    thingTemplateName?: string;
                };
                CreateThingShape: {
                    description?: string;
                    name: string;
                    projectName?: string;
                    tags?: string;
                };
                CreateThingTemplate: {
                    baseThingTemplateName?: string;
                    description?: string;
                    name: string;
                    projectName?: string;
                    tags?: string;
                };
                CreateUser: {
                    description?: string;
                    name: string;
                    /** Format: password */
                    password?: string;
                    projectName?: string;
                    tags?: string;
                };
                DeleteApplicationKey: {
                    name: string;
                };
                DeleteDataShape: {
                    name: string;
                };
                DeleteDataTagVocabulary: {
                    name: string;
                };
                DeleteGroup: {
                    name: string;
                };
                DeleteModelTagVocabulary: {
                    name: string;
                };
                DeleteNetwork: {
                    name: string;
                };
                DeleteOrganization: {
                    name: string;
                };
                DeleteProject: {
                    name: string;
                };
                DeleteThing: {
                    name: string;
                };
                DeleteThingShape: {
                    name: string;
                };
                DeleteThingTemplate: {
                    name: string;
                };
                DeleteUser: {
                    name: string;
                };
                ExportEntities: {
                    /** @description A collection such as Things. */
                    collection?: string;
                    /** @description Rows of type, such as Thing, and name. */
                    entities?: components["schemas"]["InfoTable"];
                    /** @description The entities of a project, and the project itself. */
                    projectName?: string;
                    /** @description Model tags, all of which are wanted. */
                    tags?: string;
                };
                GetThingNameForIdentifier: {
                    identifier: string;
                };
                IsRemoteThingBound: {
                    name: string;
                };
            };
            "Resources/InfoTableFunctions": {
                Aggregate: {
                    /** @description One of MIN, MAX, AVERAGE, SUM, COUNT for each column, with commas between. */
                    aggregates: string;
                    /** @description Names with commas between. */
                    columns: string;
                    groupByColumns?: string;
                    t: components["schemas"]["InfoTable"];
                };
                BetweenFilter: {
                    fieldName: string;
                    /** @default true */
                    inclusive?: boolean;
                    maxValue: unknown;
                    minValue: unknown;
                    t: components["schemas"]["InfoTable"];
                };
                Clone: {
                    t1: components["schemas"]["InfoTable"];
                };
                Combine: {
                    tables: components["schemas"]["InfoTable"];
                };
                CreateInfoTable: {
                    /** @default InfoTable */
                    infoTableName?: string;
                };
                CreateInfoTableFromDataShape: {
                    dataShapeName: string;
                    /** @default InfoTable */
                    infoTableName?: string;
                };
                DeleteQuery: {
                    query: Record<string, unknown>;
                    t: components["schemas"]["InfoTable"];
                };
                DeriveFields: {
                    columns: string;
                    expressions: string;
                    t: components["schemas"]["InfoTable"];
                    types: string;
                };
                Distinct: {
                    columns?: string;
                    t: components["schemas"]["InfoTable"];
                };
                EQFilter: {
                    fieldName: string;
                    /** @default false */
                    isCaseSensitive?: boolean;
                    t: components["schemas"]["InfoTable"];
                    value?: unknown;
                };
                FromJSON: {
                    json: Record<string, unknown>;
                };
                FromXML: {
                    xml: string;
                };
                GEFilter: {
                    fieldName: string;
                    /** @default false */
                    isCaseSensitive?: boolean;
                    t: components["schemas"]["InfoTable"];
                    value: unknown;
                };
                GTFilter: {
                    fieldName: string;
                    /** @default false */
                    isCaseSensitive?: boolean;
                    t: components["schemas"]["InfoTable"];
                    value: unknown;
                };
                Interpolate: {
                    /** @description Names with semicolons between. */
                    columns: string;
                    /**
                     * Format: int64
                     * @description ROWCOUNT: the number of intervals. INTERVAL without interval: milliseconds.
                     */
                    count?: number;
                    /** @description End of the last interval; the last time in the table where none is said. */
                    endDate?: number | string;
                    /**
                     * @description Leaves out intervals without values; else they go by the last value before them.
                     * @default false
                     */
                    ignoreMissingData?: boolean;
                    /**
                     * Format: int64
                     * @description INTERVAL: milliseconds.
                     */
                    interval?: number;
                    /**
                     * @description ROWCOUNT for so many intervals, INTERVAL for intervals of so many milliseconds.
                     * @default ROWCOUNT
                     */
                    mode?: string;
                    /** @description Begin of the first interval; the first time in the table where none is said. */
                    startDate?: number | string;
                    /**
                     * @description LAST, SMOOTH, AVG, TAVG, MIN or MAX.
                     * @default LAST
                     */
                    stats?: string;
                    t: components["schemas"]["InfoTable"];
                    /** @default timestamp */
                    timeColumn?: string;
                };
                Intersect: {
                    /** @description Columns of t1 in the result; all where none is said. */
                    columns1?: string;
                    /** @description Columns of t2 in the result; all where none is said. */
                    columns2?: string;
                    joinColumns1: string;
                    joinColumns2: string;
                    /**
                     * @description INNER, LEFT, RIGHT or FULL.
                     * @default INNER
                     */
                    joinType?: string;
                    t1: components["schemas"]["InfoTable"];
                    t2: components["schemas"]["InfoTable"];
                };
                LEFilter: {
                    fieldName: string;
                    /** @default false */
                    isCaseSensitive?: boolean;
                    t: components["schemas"]["InfoTable"];
                    value: unknown;
                };
                LikeFilter: {
                    fieldName: string;
                    /** @default true */
                    inclusive?: boolean;
                    pattern: string;
                    t: components["schemas"]["InfoTable"];
                };
                LTFilter: {
                    fieldName: string;
                    /** @default false */
                    isCaseSensitive?: boolean;
                    t: components["schemas"]["InfoTable"];
                    value: unknown;
                };
                MissingValueFilter: {
                    fieldName: string;
                    /** @default true */
                    inclusive?: boolean;
                    t: components["schemas"]["InfoTable"];
                };
                NearFilter: {
                    fieldName: string;
                    /** @default true */
                    inclusive?: boolean;
                    location: Record<string, unknown>;
                    searchRadius: number;
                    t: components["schemas"]["InfoTable"];
                    /**
                     * @description M for miles, K for kilometres, N for nautical miles.
                     * @default M
                     */
                    units?: string;
                };
                NEFilter: {
                    fieldName: string;
                    /** @default false */
                    isCaseSensitive?: boolean;
                    t: components["schemas"]["InfoTable"];
                    value?: unknown;
                };
                Pivot: {
                    /** @default name */
                    nameColumn?: string;
                    t: components["schemas"]["InfoTable"];
                    /** @default timestamp */
                    timestampColumn?: string;
                    /** @default value */
                    valueColumn?: string;
                };
                Query: {
                    query?: Record<string, unknown>;
                    t: components["schemas"]["InfoTable"];
                };
                RegexFilter: {
                    expression: string;
                    fieldName: string;
                    /** @default true */
                    inclusive?: boolean;
                    t: components["schemas"]["InfoTable"];
                };
                RenameField: {
                    from: string;
                    t: components["schemas"]["InfoTable"];
                    to: string;
                };
                SetFilter: {
                    fieldName: string;
                    /** @default true */
                    inclusive?: boolean;
                    /** @description A JSON array, or texts with commas between. */
                    matchValues: unknown;
                    t: components["schemas"]["InfoTable"];
                };
                Sort: {
                    /** @default true */
                    ascending?: boolean;
                    sortColumn: string;
                    t: components["schemas"]["InfoTable"];
                };
                TagFilter: {
                    /** @default tags */
                    fieldName?: string;
                    /** @default true */
                    inclusive?: boolean;
                    t: components["schemas"]["InfoTable"];
                    tags: string;
                };
                TimeShift: {
                    /**
                     * Format: int64
                     * @description Milliseconds.
                     * @default 0
                     */
                    shift?: number;
                    t: components["schemas"]["InfoTable"];
                    /** @default timestamp */
                    timestampField?: string;
                };
                ToJSON: {
                    table: components["schemas"]["InfoTable"];
                };
                TopN: {
                    /** Format: int32 */
                    maxItems: number;
                    t: components["schemas"]["InfoTable"];
                };
                Union: {
                    t1: components["schemas"]["InfoTable"];
                    t2: components["schemas"]["InfoTable"];
                };
                UpdateQuery: {
                    query: Record<string, unknown>;
                    t: components["schemas"]["InfoTable"];
                    values: components["schemas"]["InfoTable"];
                };
            };
            "Resources/ScriptServices": {
                CheckScript: {
                    script: string;
                };
            };
            "Resources/SearchFunctions": {
                SpotlightSearch: {
                    /** @description Aspects, such as {"isSystemObject":false}. */
                    aspects?: Record<string, unknown>;
                    /** @description Changed then or earlier. */
                    endDate?: number | string;
                    /** @description Aspects that are not wanted. */
                    excludedAspects?: Record<string, unknown>;
                    /** @default true */
                    isAscending?: boolean;
                    /** @default 500 */
                    maxItems?: number;
                    /**
                     * @description Looks at so many entities at most.
                     * @default 100000
                     */
                    maxSearchItems?: number;
                    projectName?: string;
                    /**
                     * @description Seeks in descriptions, too.
                     * @default true
                     */
                    searchDescriptions?: boolean;
                    /** @description A pattern for names: * stands for any text, ? for one character; without these it is sought anywhere. Case does not count. */
                    searchExpression?: string;
                    /**
                     * @description name, description, type, parentName, projectName or lastModifiedDate.
                     * @default name
                     */
                    sortBy?: string;
                    /** @description Changed then or later. */
                    startDate?: number | string;
                    /** @description Model tags, all of which are wanted. */
                    tags?: string;
                    /** @description Thing Templates, such as {"items":["Stream"]}. */
                    thingTemplates?: Record<string, unknown>;
                    /** @description Types, such as {"items":["Thing"]}. */
                    types?: Record<string, unknown>;
                    /**
                     * @description Tells what the caller may do with each.
                     * @default false
                     */
                    withPermissions?: boolean;
                };
            };
            "Resources/SecurityServices": {
                EvaluateDesignTimePermission: {
                    /** @description The entity. */
                    name: string;
                    /** @description Create, Read, Update or Delete. */
                    permission: string;
                    /** @description Its type, such as Thing. */
                    type: string;
                };
                EvaluateRuntimePermission: {
                    /** @description The entity. */
                    name: string;
                    /** @description PropertyRead, PropertyWrite, ServiceInvoke, EventInvoke or EventSubscribe. */
                    permission: string;
                    /** @description The property, service or event; * asks for all. */
                    resource?: string;
                    /** @description Its type, such as Thing. */
                    type: string;
                };
                EvaluateVisibilityPermission: {
                    /** @description The entity. */
                    name: string;
                    /** @description Its type, such as Thing. */
                    type: string;
                };
            };
            "Resources/SessionFunctions": {
                EndSession: {
                    /** @description As GetSessions tells it. */
                    id: string;
                };
                GetSessions: Record<string, unknown>;
            };
            "Resources/SubsystemMonitoring": {
                GetSubsystemStatus: Record<string, unknown>;
            };
            "Subsystems/AuditSubsystem": {
                PurgeAuditData: {
                    /** @description Milliseconds since 1970, or ISO 8601. */
                    endDate: number | string;
                    /** @description Milliseconds since 1970, or ISO 8601. */
                    startDate?: number | string;
                };
                QueryAuditHistory: {
                    /** @description Entity, Permission, SignIn or Audit; all where it is empty. */
                    auditCategory?: string;
                    /** @description Milliseconds since 1970, or ISO 8601. */
                    endDate?: number | string;
                    /** @description Not needed: messages are in English. */
                    locale?: string;
                    /** @default 500 */
                    maxItems?: number;
                    query?: Record<string, unknown>;
                    /** @description Milliseconds since 1970, or ISO 8601. */
                    startDate?: number | string;
                };
            };
            "Subsystems/FederationSubsystem": {
                DeliverParkedEntry: {
                    number: string;
                    thingName: string;
                };
                DropParkedEntry: {
                    number: string;
                    thingName: string;
                };
                GetActiveSubscriptions: {
                    /** @default 500 */
                    maxItems?: number;
                    subscriberName: string;
                };
                GetAllActiveSubscriptions: {
                    /** @default 500 */
                    maxItems?: number;
                };
                GetAllPublishedThings: {
                    /** @default 500 */
                    maxItems?: number;
                };
                GetBoundThings: {
                    /** @default 500 */
                    maxItems?: number;
                    thingName?: string;
                };
                GetLinkChanges: {
                    /** @default 500 */
                    maxItems?: number;
                    serverName?: string;
                };
                GetLinks: Record<string, unknown>;
                GetOfferedThings: {
                    /** @default 500 */
                    maxItems?: number;
                    thingTemplate?: string;
                };
                GetOutboxStatus: Record<string, unknown>;
                GetParkedEntries: {
                    /** @default 500 */
                    maxItems?: number;
                    thingName?: string;
                };
                GetPublishedThings: {
                    /** @default 500 */
                    maxItems?: number;
                    subscriberName: string;
                };
                GetServerName: Record<string, unknown>;
                GetSubscriberStatus: Record<string, unknown>;
                PreviewPublication: {
                    publishAsUser: string;
                };
                SearchPublishedThings: {
                    /** @default 500 */
                    maxItems?: number;
                    query?: Record<string, unknown>;
                    thingShape?: string;
                };
                TestSubscriber: {
                    subscriber: components["schemas"]["InfoTable"];
                };
            };
            "Subsystems/LoggingSubsystem": {
                GetLogLevel: {
                    /** @description A log, such as ScriptLog. */
                    logType: string;
                };
                SetLogLevel: {
                    level: string;
                    /** @description A log, such as ScriptLog. */
                    logType: string;
                };
            };
            "Subsystems/PlatformSubsystem": {
                GetBaseTypes: {
                    /** @description Not needed: all characteristics have the same base types. */
                    characteristic?: string;
                };
                GetEntityCount: {
                    /** @description A collection such as DataShapes; all where it is empty. */
                    collection?: string;
                };
                GetHansaVersion: Record<string, unknown>;
                GetLicenseState: Record<string, unknown>;
                GetPersistenceInformation: Record<string, unknown>;
                GetPlatformStats: Record<string, unknown>;
                GetPlatformStatsList: Record<string, unknown>;
                GetThingCount: Record<string, unknown>;
                GetThingworxVersion: Record<string, unknown>;
            };
            "Subsystems/UserManagementSubsystem": {
                DeleteApplicationKeys: {
                    /** @default true */
                    deleteExpiredKeys?: boolean;
                    /** @default false */
                    deleteUnexpiredKeys?: boolean;
                    userName: string;
                };
                GetApplicationKeyExpirationInfo: {
                    /** @default 500 */
                    maxItems?: number;
                    userName?: string;
                };
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;

export type Services = components['schemas']['Services'];
