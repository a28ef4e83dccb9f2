/** 審査会: panels of appointed experts that advise on cases. What one may say and which cases it hears its 事務 declares. */
export {
  type AnswerWords,
  answersOfCase,
  answersOfSession,
  compareAnswer,
  fieldOf,
  openAnswer,
  type PanelAnswer,
  recordAnswer,
} from "./answers.ts";
export { inviteMembers, makePanelPapers, readInvitation } from "./invitations.ts";
export {
  addGroup,
  appoint,
  closeGroup,
  endTerm,
  groupTitles,
  listMembers,
  membersOn,
  openGroups,
  type PanelGroup,
  type PanelMember,
  setGroups,
} from "./members.ts";
export { panelPapers, type ReviewPanel, wholeCase } from "./panel.ts";
export {
  addToAgenda,
  agendaOf,
  agendaWithFallen,
  cancelSession,
  holdSession,
  invitedTo,
  isQuorate,
  listSessions,
  type PanelSession,
  planSession,
  quorumOn,
  sessionOf,
  sessionStates,
  sessionsPerPage,
  waitingForPanel,
} from "./sessions.ts";
