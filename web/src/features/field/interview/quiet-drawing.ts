import { SurveyActionBar } from 'survey-react-ui';

interface Bar {
  readonly props: { readonly model: unknown };
  readonly state: unknown;
  shouldComponentUpdate: (this: Bar, props: Bar['props'], state: unknown) => boolean;
}

/**
 * The buttons beside a question's title follow a model of their own, and are drawn anew when that changes. With the
 * question, at every answer to it, survey-react-ui drew them too, and their hidden icon from nothing.
 */
const { prototype } = SurveyActionBar as unknown as { prototype: Bar };
const { shouldComponentUpdate } = prototype;
prototype.shouldComponentUpdate = function (props, state) {
  const isAnother = props.model !== this.props.model || state !== this.state;
  return isAnother && shouldComponentUpdate.call(this, props, state);
};
